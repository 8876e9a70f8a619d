/** Places cells across their ranks: no overlaps, long edges straight, nodes centred on what they connect to. */

import type { Steps } from "../steps.ts";
import { type Cell, type Segment, WAYPOINT } from "./chains.ts";
import { type Pull, roomOf, straighten, straightenGroups, straightenRun, waypointRuns, Wishes } from "./straighten.ts";

const NODE_GAP = 24;
const WAYPOINT_GAP = 14;
const ONE_SIDED_SWEEPS = 8;
const SWEEPS = 4;
const STRAIGHTENING_ROUNDS = 6;
/** How much harder straight waypoints pull than nodes. */
const WAYPOINT_PULL = 6;

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
