/** Orders the cells of each rank so that few segments cross. */

import type { Steps } from "../steps.ts";
import type { Cell, Segment } from "./chains.ts";

interface Neighbours {
  readonly below: readonly number[][];
  readonly above: readonly number[][];
}

/** Cells by rank, each rank from left to right. */
export function* orderRanks(cells: readonly Cell[], segments: readonly Segment[]): Steps<number[][]> {
  const neighbours = neighboursOf(cells.length, segments);
  const ranks = initialOrder(cells, neighbours);
  keepLeftmost(ranks, cells);
  const sweeps = cells.length > 4000 ? 4 : 16;
  let best = ranks.map((rank) => [...rank]);
  let fewest = countCrossings(ranks, neighbours, cells.length);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    yield;
    const isUpwards = sweep % 2 === 0;
    sortByNeighbours(ranks, isUpwards ? neighbours.below : neighbours.above, isUpwards, cells.length);
    if (cells.length <= 600) transpose(ranks, neighbours, cells.length);
    keepLeftmost(ranks, cells);
    const crossings = countCrossings(ranks, neighbours, cells.length);
    if (crossings < fewest) {
      fewest = crossings;
      best = ranks.map((rank) => [...rank]);
    }
  }
  return best;
}

/** Number of crossings among all segments. */
export function countCrossings(ranks: readonly (readonly number[])[], neighbours: Neighbours, cellCount: number): number {
  const positions = positionsOf(ranks, cellCount);
  const ends: number[] = [];
  let crossings = 0;
  for (let at = 1; at < ranks.length; at++) {
    ends.length = 0;
    for (const cell of ranks[at] ?? []) {
      const below = neighbours.below[cell] ?? [];
      const start = ends.length;
      for (const other of below) {
        const position = positions[other] ?? 0;
        let place = ends.push(position) - 1;
        for (; place > start && (ends[place - 1] ?? 0) > position; place--) ends[place] = ends[place - 1] ?? 0;
        ends[place] = position;
      }
    }
    if (ends.length > 1) crossings += countInversions(ends, ranks[at - 1]?.length ?? 0);
  }
  return crossings;
}

export function neighboursOf(cellCount: number, segments: readonly Segment[]): Neighbours {
  const below: number[][] = Array.from({ length: cellCount }, () => []);
  const above: number[][] = Array.from({ length: cellCount }, () => []);
  for (const { lower, upper } of segments) {
    above[lower]?.push(upper);
    below[upper]?.push(lower);
  }
  return { below, above };
}

function countInversions(values: readonly number[], range: number): number {
  const tree = new Uint32Array(range + 1);
  let inversions = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? 0;
    let notGreater = 0;
    for (let i = value + 1; i > 0; i -= i & -i) notGreater += tree[i] ?? 0;
    inversions += at - notGreater;
    for (let i = value + 1; i <= range; i += i & -i) tree[i] = (tree[i] ?? 0) + 1;
  }
  return inversions;
}

/** Depth first from the outputs, so that what feeds one node stands together. */
function initialOrder(cells: readonly Cell[], { below, above }: Neighbours): number[][] {
  const height = cells.reduce((max, cell) => Math.max(max, cell.rank + 1), 0);
  const ranks: number[][] = Array.from({ length: height }, () => []);
  const seen = new Uint8Array(cells.length);
  const starts = cells.map((_, index) => index).sort((a, b) => (cells[b]?.rank ?? 0) - (cells[a]?.rank ?? 0) || a - b);
  for (const start of starts) {
    const stack = [start];
    for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
      if (seen[cell]) continue;
      seen[cell] = 1;
      ranks[cells[cell]?.rank ?? 0]?.push(cell);
      for (const next of (above[cell] ?? []).toReversed()) if (!seen[next]) stack.push(next);
      for (const next of (below[cell] ?? []).toReversed()) if (!seen[next]) stack.push(next);
    }
  }
  return ranks;
}

function sortByNeighbours(ranks: number[][], sideNeighbours: readonly number[][], isUpwards: boolean, cellCount: number): void {
  const positions = positionsOf(ranks, cellCount);
  const indices = ranks.map((_, at) => (isUpwards ? at : ranks.length - 1 - at));
  const keys = new Float64Array(cellCount);
  for (const at of indices) {
    const rank = ranks[at] ?? [];
    if (rank.length < 2) continue;
    rank.forEach((cell, position) => {
      const others = sideNeighbours[cell] ?? [];
      const sum = others.reduce((total, other) => total + (positions[other] ?? 0), 0);
      keys[cell] = others.length > 0 ? sum / others.length : position;
    });
    rank.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || (positions[a] ?? 0) - (positions[b] ?? 0));
    rank.forEach((cell, position) => (positions[cell] = position));
  }
}

/** Swaps neighbours within a rank as long as that saves crossings. */
function transpose(ranks: number[][], { below, above }: Neighbours, cellCount: number): void {
  const positions = positionsOf(ranks, cellCount);
  const crossingsOf = (left: number, right: number): number =>
    pairCrossings(below[left], below[right], positions) + pairCrossings(above[left], above[right], positions);
  for (let round = 0, hasSwapped = true; hasSwapped && round < 4; round++) {
    hasSwapped = false;
    for (const rank of ranks) {
      for (let at = 1; at < rank.length; at++) {
        const [left, right] = [rank[at - 1] ?? 0, rank[at] ?? 0];
        if (crossingsOf(left, right) <= crossingsOf(right, left)) continue;
        rank[at - 1] = right;
        rank[at] = left;
        positions[right] = at - 1;
        positions[left] = at;
        hasSwapped = true;
      }
    }
  }
}

function pairCrossings(left: readonly number[] | undefined, right: readonly number[] | undefined, positions: Uint32Array): number {
  let crossings = 0;
  for (const a of left ?? []) for (const b of right ?? []) if ((positions[a] ?? 0) > (positions[b] ?? 0)) crossings++;
  return crossings;
}

function keepLeftmost(ranks: number[][], cells: readonly Cell[]): void {
  for (const rank of ranks) {
    const at = rank.findIndex((cell) => cells[cell]?.isLeftmost);
    if (at > 0) rank.unshift(...rank.splice(at, 1));
  }
}

function positionsOf(ranks: readonly (readonly number[])[], cellCount: number): Uint32Array {
  const positions = new Uint32Array(cellCount);
  for (const rank of ranks) rank.forEach((cell, position) => (positions[cell] = position));
  return positions;
}
