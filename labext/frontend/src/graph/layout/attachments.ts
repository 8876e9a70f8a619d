/** Spreads the edges that meet a node along its rim, in the order in which they come. */

import type { Cell, Segment } from "./chains.ts";
import type { LayoutNode } from "./contract.ts";

const SPACING = 13;

/** Sets the free offsets of the segments; the ranks' order must be final. */
export function spreadAttachments(nodes: readonly LayoutNode[], cells: readonly Cell[], segments: readonly Segment[], order: readonly (readonly number[])[]): void {
  const positions = new Uint32Array(cells.length);
  for (const rank of order) rank.forEach((cell, position) => (positions[cell] = position));
  const above: Segment[][] = nodes.map(() => []);
  const below: Segment[][] = nodes.map(() => []);
  for (const segment of segments) {
    if (segment.isLowerFree) above[segment.lower]?.push(segment);
    if (segment.isUpperFree) below[segment.upper]?.push(segment);
  }
  nodes.forEach(({ reach }, node) => {
    const spread = (group: Segment[], other: "lower" | "upper", set: (segment: Segment, offset: number) => void): void => {
      group.sort((a, b) => (positions[a[other]] ?? 0) - (positions[b[other]] ?? 0));
      const step = Math.min(SPACING, (2 * reach) / Math.max(group.length - 1, 1));
      group.forEach((segment, index) => set(segment, Math.round((index - (group.length - 1) / 2) * step)));
    };
    spread(above[node] ?? [], "upper", (segment, offset) => (segment.lowerOffset = offset));
    spread(below[node] ?? [], "lower", (segment, offset) => (segment.upperOffset = offset));
  });
}
