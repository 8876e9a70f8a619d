/** Gives each node a rank so that every edge climbs by at least its length, and edges stay short. */

import type { LayoutNode } from "./contract.ts";

export interface RankedLink {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

const TIGHTENING_SWEEPS = 8;

/** The links must be acyclic. */
export function assignRanks(nodes: readonly LayoutNode[], links: readonly RankedLink[]): Int32Array {
  const incoming: RankedLink[][] = nodes.map(() => []);
  const outgoing: RankedLink[][] = nodes.map(() => []);
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
  pin(nodes, links, ranks);
  return ranks;
}

function topologicalOrder(count: number, incoming: readonly RankedLink[][], outgoing: readonly RankedLink[][]): number[] {
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

function lowest(links: readonly RankedLink[] | undefined, ranks: Int32Array): number {
  return (links ?? []).reduce((rank, { from, length }) => Math.max(rank, (ranks[from] ?? 0) + length), 0);
}

function highest(links: readonly RankedLink[], ranks: Int32Array): number {
  return links.reduce((rank, { to, length }) => Math.min(rank, (ranks[to] ?? 0) - length), Number.MAX_SAFE_INTEGER);
}

/** Moves each node towards the side where more of its edges are; true if any moved. */
function tighten(order: readonly number[], incoming: readonly RankedLink[][], outgoing: readonly RankedLink[][], ranks: Int32Array): boolean {
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

/** Puts the pinned nodes below or above all others, and as far off as their links ask for. */
function pin(nodes: readonly LayoutNode[], links: readonly RankedLink[], ranks: Int32Array): void {
  const free = nodes.flatMap((node, index) => (node.pin ? [] : [ranks[index] ?? 0]));
  let first = free.reduce((least, rank) => Math.min(least, rank), free.length > 0 ? Infinity : 0) - 1;
  let last = free.reduce((most, rank) => Math.max(most, rank), free.length > 0 ? -Infinity : 0) + 1;
  for (const { from, to, length } of links) {
    if (nodes[from]?.pin === "first" && !nodes[to]?.pin) first = Math.min(first, (ranks[to] ?? 0) - length);
    if (nodes[to]?.pin === "last" && !nodes[from]?.pin) last = Math.max(last, (ranks[from] ?? 0) + length);
  }
  nodes.forEach((node, index) => {
    if (node.pin) ranks[index] = node.pin === "first" ? first : last;
  });
  const base = ranks.reduce((least, rank) => Math.min(least, rank), Infinity);
  ranks.forEach((rank, index) => (ranks[index] = rank - base));
}
