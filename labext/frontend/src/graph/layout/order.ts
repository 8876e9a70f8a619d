/** Orders the cells of each rank so that few segments cross: sweeps from several starts, and swaps of neighbours. */

import type { Steps } from "../steps.ts";
import type { Cell, Segment } from "./chains.ts";
import { countCrossings, type Neighbour } from "./crossings.ts";

interface Graph {
  readonly cells: readonly Cell[];
  /** By cell. */
  readonly below: readonly (readonly Neighbour[])[];
  readonly above: readonly (readonly Neighbour[])[];
  /** Cells that are kept left of all others. */
  readonly leftmost: readonly number[];
}

/** Larger graphs are not sifted. */
const MAX_SIFTED_CELLS = 600;
/** Starts go on until some in a row have brought nothing: up to so many, fewer for more cells. */
const MAX_FRUITLESS_STARTS = 24;
const CELLS_OF_STARTS = 2500;
/** No place is looked for behind so many new crossings. */
const MAX_DETOUR = 3;
const SWEEPS = 16;
const LARGE_SWEEPS = 4;
const LARGE = 4000;
/** Sweeps in a row that bring nothing end a start. */
const PATIENCE = 4;

export interface Order {
  /** Cells by rank, each rank from left to right. */
  readonly ranks: readonly (readonly number[])[];
  readonly crossings: number;
}

export function* orderRanks(cells: readonly Cell[], segments: readonly Segment[]): Steps<Order> {
  const graph = graphOf(cells, segments);
  const sweeps = cells.length > LARGE ? LARGE_SWEEPS : SWEEPS;
  /** By cell: its place in its rank, kept up to date all the while. */
  const positions = new Uint32Array(cells.length);
  const outcomes = new Map<string, Outcome>();
  let best: number[][] = [];
  let fewest = Infinity;
  const patience = Math.min(Math.round(CELLS_OF_STARTS / cells.length), MAX_FRUITLESS_STARTS);
  for (let start = 0, fruitless = 0; start === 0 || (fruitless < patience && fewest > 0); start++) {
    const ranks = initialOrder(graph, start);
    for (const rank of ranks) notePositions(rank, positions);
    keepLeftmost(ranks, positions, graph);
    fruitless++;
    let least = Infinity;
    for (let sweep = 0, misses = 0; sweep <= sweeps && misses < PATIENCE && least > 0; sweep++) {
      yield;
      const crossings = sweep === 0 ? countCrossings(ranks, positions, graph.below) : improveOnce(ranks, positions, graph, sweep + start, start % 2 === 1, outcomes);
      misses = crossings < least ? 0 : misses + 1;
      least = Math.min(least, crossings);
      if (crossings >= fewest) continue;
      fewest = crossings;
      fruitless = 0;
      best = ranks.map((rank) => [...rank]);
    }
  }
  return { ranks: best, crossings: fewest };
}

/** What a sweep made of an order. */
interface Outcome {
  readonly positions: Uint32Array;
  readonly crossings: number;
}

/** Sweeps, and gives the crossings left. Few cells come to the same order again and again: `outcomes` remembers what became of it. */
function improveOnce(ranks: number[][], positions: Uint32Array, graph: Graph, sweep: number, isMedian: boolean, outcomes: Map<string, Outcome>): number {
  const key = positions.length <= MAX_SIFTED_CELLS ? `${sweep % 4} ${isMedian} ${String.fromCharCode(...positions)}` : "";
  const known = outcomes.get(key);
  if (known) {
    positions.set(known.positions);
    for (let cell = 0; cell < positions.length; cell++) {
      const rank = ranks[graph.cells[cell]?.rank ?? 0];
      if (rank) rank[positions[cell] ?? 0] = cell;
    }
    return known.crossings;
  }
  improve(ranks, positions, graph, sweep, isMedian);
  const crossings = countCrossings(ranks, positions, graph.below);
  if (key) outcomes.set(key, { positions: positions.slice(), crossings });
  return crossings;
}

function improve(ranks: number[][], positions: Uint32Array, graph: Graph, sweep: number, isMedian: boolean): void {
  const isUpwards = sweep % 2 === 0;
  const areTiesReversed = sweep % 4 >= 2;
  sortByNeighbours(ranks, positions, isUpwards ? graph.below : graph.above, isUpwards, areTiesReversed, isMedian);
  if (positions.length <= MAX_SIFTED_CELLS) sift(ranks, positions, graph, areTiesReversed);
  keepLeftmost(ranks, positions, graph);
}

function graphOf(cells: readonly Cell[], segments: readonly Segment[]): Graph {
  const below: Neighbour[][] = cells.map(() => []);
  const above: Neighbour[][] = cells.map(() => []);
  for (const { lower, upper, lowerOffset, upperOffset, count } of segments) {
    const lowerAt = lowerOffset / ((cells[lower]?.width ?? 0) + 1);
    const upperAt = upperOffset / ((cells[upper]?.width ?? 0) + 1);
    above[lower]?.push({ cell: upper, at: upperAt, ownAt: lowerAt, count });
    below[upper]?.push({ cell: lower, at: lowerAt, ownAt: upperAt, count });
  }
  return { cells, below, above, leftmost: cells.flatMap(({ isLeftmost }, cell) => (isLeftmost ? [cell] : [])) };
}

/** Depth first from the outputs, from the inputs, then as chance has it: what belongs together stands together. */
function initialOrder({ cells, below, above }: Graph, start: number): number[][] {
  const height = cells.reduce((max, cell) => Math.max(max, cell.rank + 1), 0);
  const ranks: number[][] = Array.from({ length: height }, () => []);
  const seen = new Uint8Array(cells.length);
  const rankOf = (cell: number): number => cells[cell]?.rank ?? 0;
  const keys = start < 2 ? null : randomNumbers(cells.length, start);
  const starts = cells.map((_, index) => index);
  const next: number[] = [];
  const collect = (neighbours: readonly Neighbour[] = []): void => {
    for (const { cell } of neighbours) if (!seen[cell]) next.push(cell);
  };
  if (keys) starts.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
  else starts.sort((a, b) => (start === 0 ? rankOf(b) - rankOf(a) : rankOf(a) - rankOf(b)) || a - b);
  for (const first of starts) {
    const stack = [first];
    for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
      if (seen[cell]) continue;
      seen[cell] = 1;
      ranks[rankOf(cell)]?.push(cell);
      next.length = 0;
      collect(below[cell]);
      collect(above[cell]);
      if (keys) next.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
      for (let at = next.length - 1; at >= 0; at--) stack.push(next[at] ?? 0);
    }
  }
  return ranks;
}

/** The same in every run: the same graph gives the same picture. */
function randomNumbers(count: number, seed: number): Uint32Array {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return Uint32Array.from({ length: count }, () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0));
}

function sortByNeighbours(ranks: number[][], positions: Uint32Array, side: Graph["below"], isUpwards: boolean, areTiesReversed: boolean, isMedian: boolean): void {
  const keys = new Float64Array(positions.length);
  for (let step = 0; step < ranks.length; step++) {
    const rank = ranks[isUpwards ? step : ranks.length - 1 - step] ?? [];
    const held = rank.filter((cell) => (side[cell] ?? []).length > 0);
    if (held.length < 2) continue;
    const places = held.map((cell) => positions[cell] ?? 0);
    for (const cell of held) {
      const neighbours = side[cell] ?? [];
      keys[cell] = isMedian && neighbours.length > 2 ? medianPlace(neighbours, positions) : meanPlace(neighbours, positions);
    }
    const tie = areTiesReversed ? -1 : 1;
    held.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || tie * ((positions[a] ?? 0) - (positions[b] ?? 0)));
    held.forEach((cell, index) => (rank[places[index] ?? 0] = cell));
    notePositions(rank, positions);
  }
}

/** Where a neighbour would have this cell. */
function wishOf({ cell, at, ownAt }: Neighbour, positions: Uint32Array): number {
  return (positions[cell] ?? 0) + at - ownAt;
}

function meanPlace(neighbours: readonly Neighbour[], positions: Uint32Array): number {
  let sum = 0;
  for (const neighbour of neighbours) sum += wishOf(neighbour, positions);
  return sum / neighbours.length;
}

function medianPlace(neighbours: readonly Neighbour[], positions: Uint32Array): number {
  const wishes = neighbours.map((neighbour) => wishOf(neighbour, positions)).sort((a, b) => a - b);
  const middle = wishes.length / 2;
  return ((wishes[Math.ceil(middle) - 1] ?? 0) + (wishes[Math.floor(middle)] ?? 0)) / 2;
}

/** Moves each cell to the place in its rank that saves most crossings; of equal places the last one if `hasTies`. */
function sift(ranks: number[][], positions: Uint32Array, { below, above }: Graph, hasTies: boolean): void {
  const saving = (left: number, right: number): number =>
    pairSaving(below[left], below[right], positions) + pairSaving(above[left], above[right], positions);
  for (const rank of ranks) {
    for (const cell of [...rank]) {
      const from = rank.indexOf(cell);
      let to = from;
      let best = 0;
      for (let step = -1; step <= 1; step += 2) {
        let sum = 0;
        for (let at = from + step; at >= 0 && at < rank.length && sum > -MAX_DETOUR; at += step) {
          const other = rank[at] ?? 0;
          sum += step > 0 ? saving(cell, other) : saving(other, cell);
          if (sum < best || (sum === best && !hasTies)) continue;
          to = at;
          best = sum;
        }
      }
      if (to === from) continue;
      rank.splice(from, 1);
      rank.splice(to, 0, cell);
    }
    notePositions(rank, positions);
  }
}

/** How many crossings fewer the segments of two cells have when the cells change places. */
function pairSaving(left: readonly Neighbour[] | undefined, right: readonly Neighbour[] | undefined, positions: Uint32Array): number {
  let saving = 0;
  for (const a of left ?? []) {
    const place = (positions[a.cell] ?? 0) + a.at;
    for (const b of right ?? []) saving += a.count * b.count * Math.sign(place - (positions[b.cell] ?? 0) - b.at);
  }
  return saving;
}

function keepLeftmost(ranks: readonly number[][], positions: Uint32Array, { cells, leftmost }: Graph): void {
  for (const cell of leftmost) {
    const rank = ranks[cells[cell]?.rank ?? 0] ?? [];
    rank.splice(positions[cell] ?? 0, 1);
    rank.unshift(cell);
    notePositions(rank, positions);
  }
}

function notePositions(rank: readonly number[], positions: Uint32Array): void {
  for (let position = 0; position < rank.length; position++) positions[rank[position] ?? 0] = position;
}
