/** Gives each node a rank so that every edge climbs, and edges stay short. */

import type { Steps } from "../steps.ts";
import type { LayoutNode } from "./contract.ts";
import type { Link } from "./cycles.ts";
import { shorten, type WeightedLink } from "./network_simplex.ts";

const TIGHTENING_SWEEPS = 8;
/** Up to here the sum of all lengths is made as small as it can be; the method takes more than linear time. */
const MAX_SHORTENED_LINKS = 1500;

/** The links must be acyclic. */
export function* assignRanks(nodes: readonly LayoutNode[], links: readonly Link[]): Steps<Int32Array> {
  const incoming: Link[][] = nodes.map(() => []);
  const outgoing: Link[][] = nodes.map(() => []);
  for (const link of links) {
    outgoing[link.from]?.push(link);
    incoming[link.to]?.push(link);
  }
  const order = topologicalOrder(nodes.length, incoming, outgoing);
  const ranks = new Int32Array(nodes.length);
  for (const node of order) ranks[node] = lowest(incoming[node], ranks);
  for (let sweep = 0; sweep < TIGHTENING_SWEEPS; sweep++) {
    if (!tighten(order, incoming, outgoing, ranks)) break;
  }
  pin(nodes, ranks);
  return links.length + nodes.length > MAX_SHORTENED_LINKS ? ranks : yield* shortest(nodes, links, ranks);
}

/** All that is pinned to one side is one node here, behind which everything else stands. */
function* shortest(nodes: readonly LayoutNode[], links: readonly Link[], ranks: Int32Array): Steps<Int32Array> {
  const ids = { first: nodes.length, last: nodes.length + 1 };
  const idOf = (node: number): number => ids[nodes[node]?.pin ?? "" as "first"] ?? node;
  const weighted: WeightedLink[] = links.map(({ from, to }) => ({ from: idOf(from), to: idOf(to), length: 1, weight: 1 }));
  const gapAt = (side: "first" | "last"): number => Number(nodes.some(({ pin: own }) => own === side));
  const [firstGap, lastGap] = [gapAt("first"), gapAt("last")];
  const places = new Float64Array(nodes.length + 2);
  places[ids.last] = ranks.reduce((most, rank) => Math.max(most, rank), 0);
  nodes.forEach(({ pin: side }, node) => {
    places[node] = ranks[node] ?? 0;
    if (side) return;
    weighted.push({ from: ids.first, to: node, length: firstGap, weight: 0 }, { from: node, to: ids.last, length: lastGap, weight: 0 });
  });
  yield* shorten(places, weighted);
  const least = nodes.reduce((low, _, node) => Math.min(low, places[idOf(node)] ?? 0), Infinity);
  return ranks.map((_, node) => Math.round((places[idOf(node)] ?? 0) - least));
}

function topologicalOrder(count: number, incoming: readonly Link[][], outgoing: readonly Link[][]): number[] {
  const waiting = incoming.map((links) => links.length);
  const order: number[] = [];
  for (let node = 0; node < count; node++) if (waiting[node] === 0) order.push(node);
  for (let at = 0; at < order.length; at++) {
    for (const { to } of outgoing[order[at] ?? 0] ?? []) {
      waiting[to] = (waiting[to] ?? 0) - 1;
      if (waiting[to] === 0) order.push(to);
    }
  }
  return order;
}

function lowest(links: readonly Link[] | undefined, ranks: Int32Array): number {
  return (links ?? []).reduce((rank, { from }) => Math.max(rank, (ranks[from] ?? 0) + 1), 0);
}

function highest(links: readonly Link[], ranks: Int32Array): number {
  return links.reduce((rank, { to }) => Math.min(rank, (ranks[to] ?? 0) - 1), Number.MAX_SAFE_INTEGER);
}

/** Moves each node towards the side where more of its edges are; true if any moved. */
function tighten(order: readonly number[], incoming: readonly Link[][], outgoing: readonly Link[][], ranks: Int32Array): boolean {
  let hasMoved = false;
  const move = (node: number): void => {
    const ins = incoming[node] ?? [];
    const outs = outgoing[node] ?? [];
    if (ins.length === outs.length || (ins.length === 0 && outs.length === 0)) return;
    const rank = outs.length > ins.length ? highest(outs, ranks) : lowest(ins, ranks);
    if (rank !== ranks[node]) hasMoved = true;
    ranks[node] = rank;
  };
  for (let at = order.length - 1; at >= 0; at--) move(order[at] ?? 0);
  for (const node of order) move(node);
  return hasMoved;
}

/** Puts the pinned nodes below or above all others. */
function pin(nodes: readonly LayoutNode[], ranks: Int32Array): void {
  const free = nodes.flatMap((node, index) => (node.pin ? [] : [ranks[index] ?? 0]));
  const first = free.reduce((least, rank) => Math.min(least, rank), free.length > 0 ? Infinity : 0) - 1;
  const last = free.reduce((most, rank) => Math.max(most, rank), free.length > 0 ? -Infinity : 0) + 1;
  nodes.forEach((node, index) => {
    if (node.pin) ranks[index] = node.pin === "first" ? first : last;
  });
  const base = ranks.reduce((least, rank) => Math.min(least, rank), Infinity);
  ranks.forEach((rank, index) => (ranks[index] = rank - base));
}
