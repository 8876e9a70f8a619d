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
  pin(nodes, ranks);
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

function pin(nodes: readonly LayoutNode[], ranks: Int32Array): void {
  let min = Number.MAX_SAFE_INTEGER;
  let max = Number.MIN_SAFE_INTEGER;
  nodes.forEach((node, index) => {
    if (node.pin) return;
    min = Math.min(min, ranks[index] ?? 0);
    max = Math.max(max, ranks[index] ?? 0);
  });
  if (min > max) min = max = 0;
  nodes.forEach((node, index) => {
    if (node.pin) ranks[index] = node.pin === "first" ? min - 2 : max + 2;
  });
  const base = nodes.reduce((lowestRank, _, index) => Math.min(lowestRank, ranks[index] ?? 0), 0);
  if (base !== 0) for (let index = 0; index < ranks.length; index++) ranks[index] = (ranks[index] ?? 0) - base;
}
