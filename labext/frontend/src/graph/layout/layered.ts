/** A layered layout in five phases: cycles, ranks, chains, order, coordinates. Near-linear in nodes and edges. */

import { spreadAttachments } from "./attachments.ts";
import { type Chains, cutIntoChains } from "./chains.ts";
import type { LayoutEdge, LayoutNode, LayoutResult, Place } from "./contract.ts";
import { assignCoordinates } from "./coordinates.ts";
import { finish, type Steps } from "../steps.ts";
import { findBackEdges } from "./cycles.ts";
import { type Order, orderRanks } from "./order.ts";
import { assignRanks } from "./ranks.ts";

const MIN_RANK_GAP = 24;
const MAX_RANK_GAP = 56;
const LABEL_RANK_GAP = 13;
const MAX_PARTED_CELLS = 600;

/** Band of a rank: everything in it lies between bottom and top. */
interface Band {
  readonly start: number;
  readonly end: number;
}

export function layoutLayered(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): LayoutResult {
  return finish(layeredSteps(nodes, edges));
}

export function* layeredSteps(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Steps<LayoutResult> {
  const back = findBackEdges(nodes.length, edges);
  const links = edges.map(({ from, to }, index) => (back.has(index) ? { from: to, to: from } : { from, to }));
  const ranks = yield* assignRanks(nodes, links);
  // Labels have ranks of their own between those of the nodes.
  if (edges.some(({ labelWidth }) => labelWidth > 0)) ranks.forEach((rank, node) => (ranks[node] = 2 * rank));
  const { chains, order } = yield* orderedChains(nodes, edges, ranks, back);
  spreadAttachments(nodes, chains.cells, chains.segments, order);
  const x = yield* assignCoordinates(chains.cells, chains.segments, order);
  const bands = stackBands(order, chains, x);
  return measure(nodes, chains, back, x, bands);
}

/** Edges of one trunk run together as far as they can; they part behind their label, or at once, where that saves crossings. */
function* orderedChains(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], ranks: Int32Array, back: ReadonlySet<number>): Steps<{ chains: Chains; order: Order["ranks"] }> {
  let best: { chains: Chains; order: Order["ranks"]; crossings: number } | null = null;
  let cellCount = 0;
  for (const sharedRanks of [Infinity, 1, 0]) {
    const chains = cutIntoChains(nodes, edges, ranks, back, sharedRanks);
    if (best && chains.cells.length > MAX_PARTED_CELLS) break;
    // Where nothing more parts, the order would be the same.
    if (best && chains.cells.length === cellCount) continue;
    cellCount = chains.cells.length;
    yield;
    const { ranks: order, crossings } = yield* orderRanks(chains.cells, chains.segments);
    if (!best || crossings < best.crossings) best = { chains, order, crossings };
    if (crossings === 0) break;
  }
  return best ?? { chains: cutIntoChains(nodes, edges, ranks, back, 0), order: [] };
}

/** Ranks one after the other; the gap grows with how far the segments between them run across. */
function stackBands(order: readonly (readonly number[])[], { cells, segments }: Chains, x: Float64Array): Band[] {
  const runs = new Float64Array(order.length);
  for (const { lower, upper, lowerOffset, upperOffset } of segments) {
    const rank = cells[lower]?.rank ?? 0;
    const run = Math.abs((x[lower] ?? 0) + lowerOffset - (x[upper] ?? 0) - upperOffset);
    runs[rank] = Math.max(runs[rank] ?? 0, run);
  }
  const heights = order.map((rank) => rank.reduce((max, cell) => Math.max(max, cells[cell]?.height ?? 0), 0));
  const hasNodes = order.map((rank) => rank.some((cell) => (cells[cell]?.node ?? -1) >= 0));
  const bands: Band[] = [];
  let start = 0;
  order.forEach((_, rank) => {
    const end = start + (heights[rank] ?? 0);
    bands.push({ start, end });
    const least = hasNodes[rank] && hasNodes[rank + 1] ? MIN_RANK_GAP : LABEL_RANK_GAP;
    start = end + Math.round(Math.min(Math.max(least, (runs[rank] ?? 0) * 0.2), MAX_RANK_GAP));
  });
  return bands;
}

function measure(
  nodes: readonly LayoutNode[],
  { cells, segments, ways, labelCells }: Chains,
  back: ReadonlySet<number>,
  x: Float64Array,
  bands: readonly Band[],
): LayoutResult {
  const left = cells.reduce((min, cell, index) => Math.min(min, (x[index] ?? 0) - cell.width / 2), Infinity);
  const right = cells.reduce((max, cell, index) => Math.max(max, (x[index] ?? 0) + cell.width / 2), -Infinity);
  const bandOf = (cell: number): Band => bands[cells[cell]?.rank ?? 0] ?? { start: 0, end: 0 };
  const hasBelow = new Uint8Array(cells.length);
  const hasAbove = new Uint8Array(cells.length);
  for (const { lower, upper } of segments) hasBelow[upper] = hasAbove[lower] = 1;
  /** In a rank that is taller than the node, its only edges pull it to their side. */
  const centre = (cell: number): Place => {
    const { start, end } = bandOf(cell);
    const half = (cells[cell]?.height ?? 0) / 2;
    const y = hasBelow[cell] === hasAbove[cell] ? (start + end) / 2 : hasAbove[cell] ? end - half : start + half;
    return { x: (x[cell] ?? 0) - left, y };
  };
  const routes = ways.map((way, index) => {
    const isBack = back.has(index);
    const points: Place[] = [];
    way.cells.forEach((cell, at) => {
      const { start, end } = bandOf(cell);
      const { x, y } = centre(cell);
      const half = (cells[cell]?.height ?? 0) / 2;
      if (at === 0) addPiece(points, x + (way.first?.lowerOffset ?? 0), y + half, end);
      else if (at === way.cells.length - 1) addPiece(points, x + (way.last?.upperOffset ?? 0), start, y - half);
      else addPiece(points, x, start, end);
    });
    return isBack ? points.reverse() : points;
  });
  return {
    width: cells.length > 0 ? right - left : 0,
    height: bands.at(-1)?.end ?? 0,
    nodes: nodes.map((_, index) => centre(index)),
    routes,
    labels: labelCells.map((cell) => (cell < 0 ? null : centre(cell))),
  };
}

/** Adds a straight piece to a route, or makes the last one longer where it lies in line with that. */
function addPiece(route: Place[], x: number, start: number, end: number): void {
  if (route.at(-1)?.x === x) route[route.length - 1] = { x, y: end };
  else route.push({ x, y: start }, { x, y: end });
}
