/** Places cells across their ranks: no overlaps, long edges straight, nodes centred on what they connect to. */

import type { Steps } from "../steps.ts";
import { type Cell, type Segment, startsOf, WAYPOINT } from "./chains.ts";
import { type Pulls, roomOf, straighten, straightenGroups, straightenRun, waypointRuns, Wishes } from "./straighten.ts";

const NODE_GAP = 24;
const WAYPOINT_GAP = 14;
const ONE_SIDED_SWEEPS = 8;
const SWEEPS = 4;
const STRAIGHTENING_ROUNDS = 6;
/** How much harder straight waypoints pull than nodes. */
const WAYPOINT_PULL = 6;

/** Gives the centre of each cell. */
export function* assignCoordinates(cells: readonly Cell[], segments: readonly Segment[], ranks: readonly (readonly number[])[]): Steps<Float64Array> {
  const below = pullsOf(cells, segments, "upper");
  const above = pullsOf(cells, segments, "lower");
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
  const pools = new Pools(cells.length);
  yield* untilStill(ONE_SIDED_SWEEPS, x, (isUpwards) => eachRank(isUpwards, (rank, spacing) => placeRank(rank, spacing, isUpwards ? below : above, null, pools, x)));
  yield* untilStill(SWEEPS, x, (isUpwards) => eachRank(isUpwards, (rank, spacing) => placeRank(rank, spacing, below, above, pools, x)));
  const runs = waypointRuns(cells, below, above);
  const room = roomOf(ranks, spacings, x);
  const wishes = new Wishes();
  yield* untilStill(STRAIGHTENING_ROUNDS, x, (isUpwards) => {
    eachRank(isUpwards, (rank, spacing) => straighten(rank, spacing, below, above, wishes, x));
    for (const run of runs) straightenRun(run, room, wishes, x);
    straightenGroups(segments, below, above, room, wishes, x);
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

/** What the segments that meet cells with their lower or upper ends wish of them. */
function pullsOf(cells: readonly Cell[], segments: readonly Segment[], own: "lower" | "upper"): Pulls {
  const starts = startsOf(cells.length, segments, own);
  const pulls = { starts, others: new Uint32Array(segments.length), shifts: new Float64Array(segments.length), weights: new Float64Array(segments.length) };
  for (const segment of segments) {
    const { lower, upper, lowerOffset, upperOffset } = segment;
    const next = segment[own] + 1;
    const at = starts[next] ?? 0;
    starts[next] = at + 1;
    pulls.others[at] = own === "lower" ? upper : lower;
    pulls.shifts[at] = own === "lower" ? upperOffset - lowerOffset : lowerOffset - upperOffset;
    pulls.weights[at] = weightOf(segment, cells);
  }
  return pulls;
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

/** Cells that stand as close as they may, from left to right. */
class Pools {
  readonly sums: Float64Array;
  readonly weights: Float64Array;
  readonly counts: Uint32Array;

  constructor(cells: number) {
    this.sums = new Float64Array(cells);
    this.weights = new Float64Array(cells);
    this.counts = new Uint32Array(cells);
  }
}

/** Least squares to the wished places under the rank's order and spacing, by pooling adjacent violators. */
function placeRank(rank: readonly number[], spacings: readonly number[], one: Pulls, other: Pulls | null, { sums, weights, counts }: Pools, x: Float64Array): void {
  let last = -1;
  let offset = 0;
  for (let position = 0; position < rank.length; position++) {
    const cell = rank[position] ?? 0;
    offset += spacings[position] ?? 0;
    let sum = 0;
    let weight = 0;
    for (let side: Pulls | null = one; side; side = side === one ? other : null) {
      const end = side.starts[cell + 1] ?? 0;
      for (let at = side.starts[cell] ?? 0; at < end; at++) {
        const pull = side.weights[at] ?? 0;
        sum += pull * ((x[side.others[at] ?? 0] ?? 0) + (side.shifts[at] ?? 0));
        weight += pull;
      }
    }
    if (weight === 0) {
      weight = 0.01;
      sum = weight * (x[cell] ?? 0);
    }
    sum -= weight * offset;
    let count = 1;
    for (; last >= 0 && (sums[last] ?? 0) / (weights[last] ?? 0) >= sum / weight; last--) {
      sum = (sums[last] ?? 0) + sum;
      weight = (weights[last] ?? 0) + weight;
      count += counts[last] ?? 0;
    }
    last++;
    sums[last] = sum;
    weights[last] = weight;
    counts[last] = count;
  }
  let position = 0;
  offset = 0;
  for (let pool = 0; pool <= last; pool++) {
    const place = (sums[pool] ?? 0) / (weights[pool] ?? 0);
    for (const end = position + (counts[pool] ?? 0); position < end; position++) {
      offset += spacings[position] ?? 0;
      x[rank[position] ?? 0] = place + offset;
    }
  }
}
