/** Places cells across their ranks: no overlaps, long edges straight, nodes centred on what they connect to. */

import { type Cell, type Segment, WAYPOINT } from "./chains.ts";

const NODE_GAP = 22;
const WAYPOINT_GAP = 12;
const SWEEPS = 12;
/** How much harder straight waypoints pull than nodes. */
const WAYPOINT_PULL = 6;

interface Pull {
  readonly other: number;
  /** Where this cell's centre would be if the segment ran straight, relative to the other's. */
  readonly shift: number;
  readonly weight: number;
}

/** Gives the centre of each cell. */
export function assignCoordinates(cells: readonly Cell[], segments: readonly Segment[], ranks: readonly (readonly number[])[]): Float64Array {
  const { below, above } = pullsOf(cells, segments);
  const x = new Float64Array(cells.length);
  const spacings = ranks.map((rank) => spacingsOf(rank, cells));
  ranks.forEach((rank, at) => {
    const total = (spacings[at] ?? []).reduce((sum, gap) => sum + gap, 0);
    rank.reduce((left, cell, position) => (x[cell] = left + (spacings[at]?.[position] ?? 0)), -total / 2);
  });
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isUpwards = sweep % 2 === 0;
    for (let step = 0; step < ranks.length; step++) {
      const at = isUpwards ? step : ranks.length - 1 - step;
      const sides = sweep >= SWEEPS - 4 ? [below, above] : [isUpwards ? below : above];
      placeRank(ranks[at] ?? [], spacings[at] ?? [], sides, x);
    }
  }
  for (let round = 0; round < 6; round++) {
    for (let step = 0; step < ranks.length; step++) {
      const at = round % 2 === 0 ? step : ranks.length - 1 - step;
      straighten(ranks[at] ?? [], spacings[at] ?? [], cells, [below, above], x);
    }
  }
  return x.map(Math.round);
}

function pullsOf(cells: readonly Cell[], segments: readonly Segment[]): { below: Pull[][]; above: Pull[][] } {
  const below: Pull[][] = cells.map(() => []);
  const above: Pull[][] = cells.map(() => []);
  for (const { lower, upper, lowerOffset, upperOffset } of segments) {
    const waypoints = Number(cells[lower]?.node === WAYPOINT) + Number(cells[upper]?.node === WAYPOINT);
    const weight = waypoints === 2 ? WAYPOINT_PULL : waypoints === 1 ? 2 : 1;
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
function straighten(rank: readonly number[], spacings: readonly number[], cells: readonly Cell[], sides: readonly (readonly Pull[][])[], x: Float64Array): void {
  rank.forEach((cell, position) => {
    const pulls = sides.flatMap((side) => side[cell] ?? []);
    if (pulls.length === 0) return;
    const left = rank[position - 1];
    const right = rank[position + 1];
    const min = left === undefined ? -Infinity : (x[left] ?? 0) + (spacings[position] ?? 0);
    const max = right === undefined ? Infinity : (x[right] ?? 0) - (spacings[position + 1] ?? 0);
    const wish = weightedMedian(pulls.map(({ other, shift, weight }) => ({ place: (x[other] ?? 0) + shift, weight })));
    if (min <= max && cells[cell]) x[cell] = Math.min(Math.max(wish, min), max);
  });
}

function weightedMedian(wishes: { place: number; weight: number }[]): number {
  wishes.sort((a, b) => a.place - b.place);
  const half = wishes.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let sum = 0;
  for (const [index, { place, weight }] of wishes.entries()) {
    sum += weight;
    if (sum === half) return (place + (wishes[index + 1]?.place ?? place)) / 2;
    if (sum > half) return place;
  }
  return 0;
}
