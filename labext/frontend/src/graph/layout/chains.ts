/** Cuts edges that span several ranks into segments between neighbouring ranks, over waypoints. */

import type { LayoutEdge, LayoutNode } from "./contract.ts";

/** A node of the layout proper: a given node, or a waypoint of one or more edges. */
export interface Cell {
  readonly node: number;
  readonly rank: number;
  width: number;
  height: number;
  readonly isLeftmost: boolean;
}

/** A link between cells of neighbouring ranks. */
export interface Segment {
  readonly lower: number;
  readonly upper: number;
  lowerOffset: number;
  upperOffset: number;
  /** Whether the layout may choose where it meets its cells. */
  readonly isLowerFree: boolean;
  readonly isUpperFree: boolean;
  weight: number;
  /** How many edges run here. */
  count: number;
}

/** One edge, from its lower to its upper end. */
export interface Way {
  readonly cells: readonly number[];
  readonly first: Segment | null;
  readonly last: Segment | null;
}

export interface Chains {
  /** The first cells are the given nodes, in their order. */
  readonly cells: readonly Cell[];
  readonly segments: readonly Segment[];
  readonly ways: readonly Way[];
  /** The cell that holds each edge's label, or -1. */
  readonly labelCells: readonly number[];
}

export const WAYPOINT = -1;

/** @param sharedRanks over how many ranks edges of one trunk may run together. */
export function cutIntoChains(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], ranks: Int32Array, back: ReadonlySet<number>, sharedRanks: number): Chains {
  const cells: Cell[] = nodes.map((node, index) => ({
    node: index,
    rank: ranks[index] ?? 0,
    width: node.width,
    height: node.height,
    isLeftmost: node.isLeftmost ?? false,
  }));
  const segments = new Map<string, Segment>();
  const waypoints = new Map<string, number>();
  const labelCells: number[] = [];
  const waypointOf = (trunk: string, rank: number): number => {
    const key = `${rank} ${trunk}`;
    const known = waypoints.get(key);
    if (known !== undefined) return known;
    const index = cells.push({ node: WAYPOINT, rank, width: 0, height: 0, isLeftmost: false }) - 1;
    waypoints.set(key, index);
    return index;
  };
  const ways = edges.map((edge, index) => {
    const isBack = back.has(index);
    const [lower, upper] = isBack ? [edge.to, edge.from] : [edge.from, edge.to];
    const [lowerOffset, upperOffset] = isBack ? [edge.toOffset, edge.fromOffset] : [edge.fromOffset, edge.toOffset];
    const trunk = isBack ? `back ${index}` : `${lower} ${lowerOffset} ${edge.trunk}`;
    const way = [lower];
    const parting = (ranks[lower] ?? 0) + sharedRanks;
    for (let rank = (ranks[lower] ?? 0) + 1; rank < (ranks[upper] ?? 0); rank++) way.push(waypointOf(rank > parting ? `${trunk} ${index}` : trunk, rank));
    way.push(upper);
    const parts: Segment[] = [];
    for (let at = 1; at < way.length; at++) {
      const [a, b] = [way[at - 1] ?? 0, way[at] ?? 0];
      const [lowerAt, upperAt] = [at === 1 ? lowerOffset : 0, at === way.length - 1 ? upperOffset : 0];
      const key = way.length === 2 ? `${a} ${b} ${trunk} ${upperAt}` : `${a} ${b} ${lowerAt} ${upperAt}`;
      let segment = segments.get(key);
      if (!segment) {
        segment = { lower: a, upper: b, lowerOffset: lowerAt ?? 0, upperOffset: upperAt ?? 0, isLowerFree: lowerAt === null, isUpperFree: upperAt === null, weight: edge.weight, count: 0 };
        segments.set(key, segment);
      }
      segment.weight = Math.max(segment.weight, edge.weight);
      segment.count++;
      parts.push(segment);
    }
    const label = edge.labelWidth > 0 && way.length > 2 ? (way[1] ?? -1) : -1;
    const cell = cells[label];
    if (cell) {
      cell.width = Math.max(cell.width, edge.labelWidth);
      cell.height = Math.max(cell.height, edge.labelHeight);
    }
    labelCells.push(label);
    return { cells: way, first: parts[0] ?? null, last: parts.at(-1) ?? null };
  });
  return { cells, segments: [...segments.values()], ways, labelCells };
}

/**
 * By cell, shifted by one: where the segments begin that meet it with one of their ends. Whoever fills in the
 * segments counts `starts[cell + 1]` up with each, and has `starts[cell]` in the end.
 */
export function startsOf(cellCount: number, segments: readonly Segment[], end: "lower" | "upper"): Uint32Array {
  const starts = new Uint32Array(cellCount + 2);
  for (const segment of segments) starts[segment[end] + 2] = (starts[segment[end] + 2] ?? 0) + 1;
  for (let cell = 2; cell < starts.length; cell++) starts[cell] = (starts[cell] ?? 0) + (starts[cell - 1] ?? 0);
  return starts;
}
