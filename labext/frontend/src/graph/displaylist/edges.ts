/** Draws wires: straight along the flow, curved between ranks, arrows where they arrive. */

import { CAPTION_SIZE } from "../layout/glyphs.ts";
import { textWidth } from "../layout/text_width.ts";
import type { Place } from "../layout/contract.ts";
import type { EdgeKind } from "../visible/consumers.ts";
import type { Direction } from "../../protocol/view_state.ts";
import type { DisplayItem, PathSteps, Role } from "./items.ts";
import { label, path, rect } from "./nodes.ts";
import type { Box, Wire } from "./placement.ts";

const ROLE_OF: Readonly<Record<EdgeKind, Role>> = { data: "edge", control: "control", reference: "reference" };
const ARROW_LENGTH = 7;
const PORT_RADIUS = 2.5;

export function drawWire(wire: Wire, direction: Direction, role = ROLE_OF[wire.edge.kind], extraWidth = 0): DisplayItem[] {
  const width = lineWidth(wire) + extraWidth;
  const { kind } = wire.edge;
  const hasHead = kind !== "reference" && wire.to !== null && !wire.to.isOpen;
  const hasTail = kind === "reference" && wire.from !== null && !wire.from.isOpen;
  const route = [...wire.route];
  const items: DisplayItem[] = [];
  if (hasHead) items.push(arrowAtEnd(route, direction, role, width));
  if (hasTail) {
    route.reverse();
    items.push(arrowAtEnd(route, direction, role, width));
    route.reverse();
  }
  items.unshift(path(stepsOf(route, direction), role, width, kind === "control"));
  const port = (box: Box | null, place: Place | undefined): void => {
    if (!place || (box !== null && !box.isOpen)) return;
    items.push(rect({ x: place.x - PORT_RADIUS, y: place.y - PORT_RADIUS, width: 2 * PORT_RADIUS, height: 2 * PORT_RADIUS }, PORT_RADIUS, role, null));
  };
  port(wire.from, wire.route[0]);
  port(wire.to, wire.route.at(-1));
  return items;
}

export function drawLabel(wire: Wire): DisplayItem[] {
  if (!wire.label) return [];
  const { x, y } = wire.label;
  const width = textWidth(wire.edge.label, CAPTION_SIZE) + 4;
  const isRoot = wire.scope.parent === null;
  const plate: Role = isRoot ? "canvas" : wire.scope.depth % 2 === 0 ? "openEven" : "openOdd";
  return [
    { ...rect({ x: x - width / 2, y: y - 6.5, width, height: 13 }, 3, plate, null), textSize: CAPTION_SIZE },
    label(wire.edge.label, x, y, CAPTION_SIZE, "muted", false, "middle"),
  ];
}

/** A wire that the layout left out, straight from box to box. */
export function drawDetached(from: Box, to: Box, kind: EdgeKind, role: Role): DisplayItem[] {
  const a = { x: from.x + from.width / 2, y: from.y + from.height / 2 };
  const b = { x: to.x + to.width / 2, y: to.y + to.height / 2 };
  const [start, end] = [rim(from, a, b), rim(to, b, a)];
  const bend = (b.x - a.x) / 3;
  const steps = [[start.x, start.y], [start.x + bend, start.y, end.x - bend, end.y, end.x, end.y]];
  return [path(steps, role, 1.75, kind === "control"), rect({ x: end.x - 3, y: end.y - 3, width: 6, height: 6 }, 3, role, null)];
}

/** More elements, thicker: 1.25 for a scalar up to 4 for millions. */
function lineWidth({ edge }: Wire): number {
  return edge.kind !== "data" ? 1.4 : Math.min(1.25 + 0.36 * Math.log10(Math.max(edge.elements, 1)), 4);
}

function stepsOf(route: readonly Place[], direction: Direction): PathSteps {
  const isTurned = direction === "right";
  return route.map(({ x, y }, index) => {
    const before = route[index - 1];
    if (!before || index % 2 === 1 || before.x === x || before.y === y) return [x, y];
    if (isTurned) {
      const middle = (before.x + x) / 2;
      return [middle, before.y, middle, y, x, y];
    }
    const middle = (before.y + y) / 2;
    return [before.x, middle, x, middle, x, y];
  });
}

/** Shortens the end of a route by an arrow, and gives that arrow. */
function arrowAtEnd(route: Place[], direction: Direction, role: Role, width: number): DisplayItem {
  const tip = route.at(-1) ?? { x: 0, y: 0 };
  const origin = route.at(-3) ?? route[0] ?? tip;
  const half = 2.6 + width * 0.7;
  const isTurned = direction === "right";
  const step = (isTurned ? Math.sign(tip.x - origin.x) : Math.sign(tip.y - origin.y)) * ARROW_LENGTH;
  const end = isTurned ? { x: tip.x - step, y: tip.y } : { x: tip.x, y: tip.y - step };
  const turn = route.at(-2) ?? end;
  const isShort = Math.abs(isTurned ? tip.x - turn.x : tip.y - turn.y) < ARROW_LENGTH;
  route[route.length - 1] = end;
  if (isShort && route.length > 2) route[route.length - 2] = end;
  const [dx, dy] = isTurned ? [0, half] : [half, 0];
  return path([[tip.x, tip.y], [end.x - dx, end.y - dy], [end.x + dx, end.y + dy], [tip.x, tip.y]], null, 0, false, role);
}

function rim(box: Box, centre: Place, other: Place): Place {
  const [dx, dy] = [other.x - centre.x, other.y - centre.y];
  const scale = Math.min(box.width / 2 / Math.max(Math.abs(dx), 1e-6), box.height / 2 / Math.max(Math.abs(dy), 1e-6), 1);
  return { x: centre.x + dx * scale, y: centre.y + dy * scale };
}
