/** Places cells across their ranks: no overlaps, long edges straight, nodes centred on what they connect to. */

import type { Steps } from "../steps.ts";
import { type Cell, type Segment, WAYPOINT } from "./chains.ts";

const NODE_GAP = 24;
const WAYPOINT_GAP = 14;
const ONE_SIDED_SWEEPS = 8;
const SWEEPS = 4;
const STRAIGHTENING_ROUNDS = 6;
/** How much harder straight waypoints pull than nodes. */
const WAYPOINT_PULL = 6;

interface Pull {
  readonly other: number;
  /** Where this cell's centre would be if the segment ran straight, relative to the other's. */
  readonly shift: number;
  readonly weight: number;
}

/** Gives the centre of each cell. */
export function* assignCoordinates(cells: readonly Cell[], segments: readonly Segment[], ranks: readonly (readonly number[])[]): Steps<Float64Array> {
  const { below, above } = pullsOf(cells, segments);
  const x = new Float64Array(cells.length);
  const spacings = ranks.map((rank) => spacingsOf(rank, cells));
  ranks.forEach((rank, at) => {
    const total = (spacings[at] ?? []).reduce((sum, gap) => sum + gap, 0);
    rank.reduce((left, cell, position) => (x[cell] = left + (spacings[at]?.[position] ?? 0)), -total / 2);
  });
  const eachRank = (isUpwards: boolean, place: (rank: readonly number[], spacing: readonly number[]) => void): void => {
    for (let step = 0; step < ranks.length; step++) {
      const at = isUpwards ? step : ranks.length - 1 - step;
      place(ranks[at] ?? [], spacings[at] ?? []);
    }
  };
  yield* untilStill(ONE_SIDED_SWEEPS, x, (isUpwards) => eachRank(isUpwards, (rank, spacing) => placeRank(rank, spacing, [isUpwards ? below : above], x)));
  yield* untilStill(SWEEPS, x, (isUpwards) => eachRank(isUpwards, (rank, spacing) => placeRank(rank, spacing, [below, above], x)));
  const runs = waypointRuns(cells, below, above);
  const room = roomOf(ranks, spacings, x);
  const wishes = new Wishes();
  yield* untilStill(STRAIGHTENING_ROUNDS, x, (isUpwards) => {
    eachRank(isUpwards, (rank, spacing) => straighten(rank, spacing, [below, above], wishes, x));
    for (const run of runs) straightenRun(run, room, wishes, x);
    straightenGroups(segments, [below, above], room, wishes, x);
  });
  return x.map(Math.round);
}

/** Moves in turns upwards and downwards, until one of each has moved nothing: more would not either. */
function* untilStill(rounds: number, x: Float64Array, move: (isUpwards: boolean) => void): Steps<void> {
  for (let round = 0, still = 0; round < rounds && still < 2; round++) {
    yield;
    const before = x.slice();
    move(round % 2 === 0);
    still = x.every((place, cell) => place === before[cell]) ? still + 1 : 0;
  }
}

/** Waypoints pull harder, so that long edges run straight. */
function weightOf({ lower, upper, weight }: Segment, cells: readonly Cell[]): number {
  const waypoints = Number(cells[lower]?.node === WAYPOINT) + Number(cells[upper]?.node === WAYPOINT);
  return weight * (waypoints === 2 ? WAYPOINT_PULL : waypoints === 1 ? 2 : 1);
}

function pullsOf(cells: readonly Cell[], segments: readonly Segment[]): { below: Pull[][]; above: Pull[][] } {
  const below: Pull[][] = cells.map(() => []);
  const above: Pull[][] = cells.map(() => []);
  for (const segment of segments) {
    const { lower, upper, lowerOffset, upperOffset } = segment;
    const weight = weightOf(segment, cells);
    below[upper]?.push({ other: lower, shift: lowerOffset - upperOffset, weight });
    above[lower]?.push({ other: upper, shift: upperOffset - lowerOffset, weight });
  }
  return { below, above };
}

/** Distance of each cell's centre from that of its left neighbour. */
function spacingsOf(rank: readonly number[], cells: readonly Cell[]): number[] {
  return rank.map((cell, position) => {
    const left = cells[rank[position - 1] ?? -1];
    const right = cells[cell];
    if (!left || !right) return 0;
    const gap = left.node === WAYPOINT && right.node === WAYPOINT ? WAYPOINT_GAP : left.node === WAYPOINT || right.node === WAYPOINT ? (NODE_GAP + WAYPOINT_GAP) / 2 : NODE_GAP;
    return (left.width + right.width) / 2 + gap;
  });
}

/** Least squares to the wished places under the rank's order and spacing, by pooling adjacent violators. */
function placeRank(rank: readonly number[], spacings: readonly number[], sides: readonly (readonly Pull[][])[], x: Float64Array): void {
  const pools: { sum: number; weight: number; count: number }[] = [];
  let offset = 0;
  rank.forEach((cell, position) => {
    offset += spacings[position] ?? 0;
    let sum = 0;
    let weight = 0;
    for (const side of sides) {
      for (const pull of side[cell] ?? []) {
        sum += pull.weight * ((x[pull.other] ?? 0) + pull.shift);
        weight += pull.weight;
      }
    }
    if (weight === 0) {
      weight = 0.01;
      sum = weight * (x[cell] ?? 0);
    }
    let pool = { sum: sum - weight * offset, weight, count: 1 };
    for (let last = pools.at(-1); last && last.sum / last.weight >= pool.sum / pool.weight; last = pools.at(-1)) {
      pools.pop();
      pool = { sum: last.sum + pool.sum, weight: last.weight + pool.weight, count: last.count + pool.count };
    }
    pools.push(pool);
  });
  let position = 0;
  offset = 0;
  for (const { sum, weight, count } of pools) {
    for (const end = position + count; position < end; position++) {
      offset += spacings[position] ?? 0;
      const cell = rank[position] ?? 0;
      x[cell] = sum / weight + offset;
    }
  }
}

/** Moves each cell, where there is room, to the place that makes most of its segments straight. */
function straighten(rank: readonly number[], spacings: readonly number[], sides: readonly (readonly Pull[][])[], wishes: Wishes, x: Float64Array): void {
  for (let position = 0; position < rank.length; position++) {
    const cell = rank[position] ?? 0;
    wishes.clear();
    for (const side of sides) for (const { other, shift, weight } of side[cell] ?? []) wishes.add((x[other] ?? 0) + shift, weight);
    if (wishes.isEmpty) continue;
    const left = rank[position - 1];
    const right = rank[position + 1];
    const min = left === undefined ? -Infinity : (x[left] ?? 0) + (spacings[position] ?? 0);
    const max = right === undefined ? Infinity : (x[right] ?? 0) - (spacings[position + 1] ?? 0);
    if (min <= max) x[cell] = Math.min(Math.max(wishes.median(), min), max);
  }
}

/** Moves cells that straight segments hold together, as one, to where most of the segments that leave them are straight too. */
function straightenGroups(segments: readonly Segment[], sides: readonly (readonly Pull[][])[], room: Room, wishes: Wishes, x: Float64Array): void {
  const groups = new Map<number, number[]>();
  const groupOf = Int32Array.from(x, (_, cell) => cell);
  for (const { lower, upper, lowerOffset, upperOffset } of segments) {
    if (Math.abs((x[lower] ?? 0) + lowerOffset - (x[upper] ?? 0) - upperOffset) > 0.5) continue;
    const [kept, gone] = [groupOf[lower] ?? 0, groupOf[upper] ?? 0];
    if (kept === gone) continue;
    const members = groups.get(kept) ?? [kept];
    for (const cell of groups.get(gone) ?? [gone]) {
      groupOf[cell] = kept;
      members.push(cell);
    }
    groups.delete(gone);
    groups.set(kept, members);
  }
  for (const [group, members] of groups) {
    wishes.clear();
    let [min, max] = [-Infinity, Infinity];
    for (const cell of members) {
      const own = x[cell] ?? 0;
      const [low, high] = room(cell);
      [min, max] = [Math.max(min, low - own), Math.min(max, high - own)];
      for (const side of sides) {
        for (const { other, shift, weight } of side[cell] ?? []) if (groupOf[other] !== group) wishes.add((x[other] ?? 0) + shift - own, weight);
      }
    }
    if (wishes.isEmpty || min > max) continue;
    const move = Math.min(Math.max(wishes.median(), min), max);
    for (const cell of members) x[cell] = (x[cell] ?? 0) + move;
  }
}

/** A run of waypoints of one way, from below to above, and what pulls at its ends. */
interface WaypointRun {
  readonly cells: readonly number[];
  readonly ends: readonly Pull[];
}

function waypointRuns(cells: readonly Cell[], below: readonly Pull[][], above: readonly Pull[][]): WaypointRun[] {
  const isWaypoint = (cell: number): boolean => cells[cell]?.node === WAYPOINT;
  const next = (cell: number): number | undefined => above[cell]?.find(({ other }) => isWaypoint(other))?.other;
  const runs: WaypointRun[] = [];
  cells.forEach((_, start) => {
    if (!isWaypoint(start) || below[start]?.some(({ other }) => isWaypoint(other))) return;
    const chain = [start];
    for (let cell = next(start); cell !== undefined; cell = next(cell)) chain.push(cell);
    if (chain.length < 2) return;
    const inChain = new Set(chain);
    const ends = chain.flatMap((cell) => [...(below[cell] ?? []), ...(above[cell] ?? [])].filter(({ other }) => !inChain.has(other)));
    runs.push({ cells: chain, ends });
  });
  return runs;
}

type Room = (cell: number) => readonly [number, number];

/** Gives the span in which each cell can move while the others stand still. */
function roomOf(ranks: readonly (readonly number[])[], spacings: readonly (readonly number[])[], x: Float64Array): Room {
  const rankOf = new Uint32Array(x.length);
  const positionOf = new Uint32Array(x.length);
  ranks.forEach((rank, at) =>
    rank.forEach((cell, position) => {
      rankOf[cell] = at;
      positionOf[cell] = position;
    }),
  );
  return (cell) => {
    const [at, position] = [rankOf[cell] ?? 0, positionOf[cell] ?? 0];
    const left = ranks[at]?.[position - 1];
    const right = ranks[at]?.[position + 1];
    return [
      left === undefined ? -Infinity : (x[left] ?? 0) + (spacings[at]?.[position] ?? 0),
      right === undefined ? Infinity : (x[right] ?? 0) - (spacings[at]?.[position + 1] ?? 0),
    ];
  };
}

/** Puts as many waypoints in a row as there is room for on one line, that line as near to the way's ends as it goes. */
function straightenRun({ cells, ends }: WaypointRun, room: Room, wishes: Wishes, x: Float64Array): void {
  wishes.clear();
  for (const { other, shift } of ends) wishes.add((x[other] ?? 0) + shift, 1);
  const wish = wishes.median();
  let run: number[] = [];
  let [min, max] = [-Infinity, Infinity];
  const settle = (): void => {
    const place = Math.min(Math.max(wish, min), max);
    for (const cell of run) x[cell] = place;
  };
  for (const cell of cells) {
    const [low, high] = room(cell);
    if (Math.max(min, low) > Math.min(max, high)) {
      settle();
      [run, min, max] = [[], -Infinity, Infinity];
    }
    run.push(cell);
    [min, max] = [Math.max(min, low), Math.min(max, high)];
  }
  settle();
}

/** Places with weights, kept sorted; used again and again, so that no garbage is made. */
class Wishes {
  readonly #places: number[] = [];
  readonly #weights: number[] = [];
  #total = 0;

  get isEmpty(): boolean {
    return this.#places.length === 0;
  }

  clear(): void {
    this.#places.length = this.#weights.length = this.#total = 0;
  }

  add(place: number, weight: number): void {
    let at = this.#places.length;
    this.#places.push(place);
    this.#weights.push(weight);
    this.#total += weight;
    for (; at > 0 && (this.#places[at - 1] ?? 0) > place; at--) {
      this.#places[at] = this.#places[at - 1] ?? 0;
      this.#weights[at] = this.#weights[at - 1] ?? 0;
    }
    this.#places[at] = place;
    this.#weights[at] = weight;
  }

  median(): number {
    const half = this.#total / 2;
    let sum = 0;
    for (let at = 0; at < this.#places.length; at++) {
      const place = this.#places[at] ?? 0;
      sum += this.#weights[at] ?? 0;
      if (sum === half) return (place + (this.#places[at + 1] ?? place)) / 2;
      if (sum > half) return place;
    }
    return 0;
  }
}
