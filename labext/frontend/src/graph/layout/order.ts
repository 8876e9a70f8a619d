/** Orders the cells of each rank so that few segments cross: sweeps from several starts, and swaps of neighbours. */

import type { Steps } from "../steps.ts";
import type { Cell, Segment } from "./chains.ts";
import { Counter, type Side, sideOf } from "./crossings.ts";

interface Graph {
  readonly cells: readonly Cell[];
  readonly below: Side;
  readonly above: Side;
  readonly counter: Counter;
  /** By cell: where it is sorted to. */
  readonly keys: Float64Array;
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
      const crossings = sweep === 0 ? graph.counter.count(ranks, positions) : improveOnce(ranks, positions, graph, sweep + start, start % 2 === 1, outcomes);
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
  const crossings = graph.counter.count(ranks, positions);
  if (key) outcomes.set(key, { positions: positions.slice(), crossings });
  return crossings;
}

function improve(ranks: number[][], positions: Uint32Array, graph: Graph, sweep: number, isMedian: boolean): void {
  const isUpwards = sweep % 2 === 0;
  const areTiesReversed = sweep % 4 >= 2;
  sortByNeighbours(ranks, positions, graph, isUpwards, areTiesReversed, isMedian);
  if (positions.length <= MAX_SIFTED_CELLS) sift(ranks, positions, graph, areTiesReversed);
  keepLeftmost(ranks, positions, graph);
}

function graphOf(cells: readonly Cell[], segments: readonly Segment[]): Graph {
  const leftmost = cells.flatMap(({ isLeftmost }, cell) => (isLeftmost ? [cell] : []));
  const below = sideOf(cells, segments, "upper");
  return { cells, below, above: sideOf(cells, segments, "lower"), counter: new Counter(below), keys: new Float64Array(cells.length), leftmost };
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
  const collect = ({ starts: from, cells: others }: Side, cell: number): void => {
    const end = from[cell + 1] ?? 0;
    for (let link = from[cell] ?? 0; link < end; link++) {
      const other = others[link] ?? 0;
      if (!seen[other]) next.push(other);
    }
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
      collect(below, cell);
      collect(above, cell);
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

function sortByNeighbours(ranks: number[][], positions: Uint32Array, { below, above, keys }: Graph, isUpwards: boolean, areTiesReversed: boolean, isMedian: boolean): void {
  const side = isUpwards ? below : above;
  const { starts } = side;
  const tie = areTiesReversed ? -1 : 1;
  const compare = (a: number, b: number): number => (keys[a] ?? 0) - (keys[b] ?? 0) || tie * ((positions[a] ?? 0) - (positions[b] ?? 0));
  const held: number[] = [];
  const places: number[] = [];
  for (let step = 0; step < ranks.length; step++) {
    const rank = ranks[isUpwards ? step : ranks.length - 1 - step] ?? [];
    held.length = places.length = 0;
    for (let at = 0; at < rank.length; at++) {
      const cell = rank[at] ?? 0;
      const links = (starts[cell + 1] ?? 0) - (starts[cell] ?? 0);
      if (links === 0) continue;
      held.push(cell);
      places.push(positions[cell] ?? 0);
      keys[cell] = isMedian && links > 2 ? medianPlace(cell, side, positions) : meanPlace(cell, side, positions);
    }
    if (held.length < 2) continue;
    held.sort(compare);
    for (let at = 0; at < held.length; at++) rank[places[at] ?? 0] = held[at] ?? 0;
    notePositions(rank, positions);
  }
}

/** Where the neighbours would have a cell. */
function meanPlace(cell: number, { starts, cells, ats, ownAts }: Side, positions: Uint32Array): number {
  const start = starts[cell] ?? 0;
  const end = starts[cell + 1] ?? 0;
  let sum = 0;
  for (let link = start; link < end; link++) sum += (positions[cells[link] ?? 0] ?? 0) + (ats[link] ?? 0) - (ownAts[link] ?? 0);
  return sum / (end - start);
}

function medianPlace(cell: number, { starts, cells, ats, ownAts }: Side, positions: Uint32Array): number {
  const start = starts[cell] ?? 0;
  const wishes = new Float64Array((starts[cell + 1] ?? 0) - start);
  for (let at = 0; at < wishes.length; at++) {
    const link = start + at;
    wishes[at] = (positions[cells[link] ?? 0] ?? 0) + (ats[link] ?? 0) - (ownAts[link] ?? 0);
  }
  wishes.sort();
  const middle = wishes.length / 2;
  return ((wishes[Math.ceil(middle) - 1] ?? 0) + (wishes[Math.floor(middle)] ?? 0)) / 2;
}

/** Moves each cell to the place in its rank that saves most crossings; of equal places the last one if `hasTies`. */
function sift(ranks: number[][], positions: Uint32Array, { below, above }: Graph, hasTies: boolean): void {
  const saving = (left: number, right: number): number => pairSaving(left, right, below, positions) + pairSaving(left, right, above, positions);
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
function pairSaving(left: number, right: number, { starts, cells, ats, counts }: Side, positions: Uint32Array): number {
  const rightStart = starts[right] ?? 0;
  const rightEnd = starts[right + 1] ?? 0;
  const leftEnd = starts[left + 1] ?? 0;
  let saving = 0;
  for (let a = starts[left] ?? 0; a < leftEnd; a++) {
    const place = (positions[cells[a] ?? 0] ?? 0) + (ats[a] ?? 0);
    for (let b = rightStart; b < rightEnd; b++) {
      saving += (counts[a] ?? 0) * (counts[b] ?? 0) * Math.sign(place - (positions[cells[b] ?? 0] ?? 0) - (ats[b] ?? 0));
    }
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
