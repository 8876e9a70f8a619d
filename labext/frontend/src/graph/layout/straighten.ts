/** Makes edges straight where there is room, one cell, one way, one group of cells at a time. */

import { type Cell, type Segment, WAYPOINT } from "./chains.ts";

/** What the segments on one side wish of cells. Flat, since small loops run over it again and again. */
export interface Pulls {
  /** By cell: where its pulls begin; they end where those of the next cell do. */
  readonly starts: Uint32Array;
  /** By pull: the cell at the segment's other end. */
  readonly others: Uint32Array;
  /** By pull: where this cell's centre would be if the segment ran straight, relative to the other's. */
  readonly shifts: Float64Array;
  readonly weights: Float64Array;
}

/** Moves each cell, where there is room, to the place that makes most of its segments straight. */
export function straighten(rank: readonly number[], spacings: readonly number[], below: Pulls, above: Pulls, wishes: Wishes, x: Float64Array): void {
  for (let position = 0; position < rank.length; position++) {
    const cell = rank[position] ?? 0;
    wishes.clear();
    wishes.addPulls(below, cell, x);
    wishes.addPulls(above, cell, x);
    if (wishes.isEmpty) continue;
    const left = rank[position - 1];
    const right = rank[position + 1];
    const min = left === undefined ? -Infinity : (x[left] ?? 0) + (spacings[position] ?? 0);
    const max = right === undefined ? Infinity : (x[right] ?? 0) - (spacings[position + 1] ?? 0);
    if (min <= max) x[cell] = Math.min(Math.max(wishes.median(), min), max);
  }
}

/** Moves cells that straight segments hold together, as one, to where most of the segments that leave them are straight too. */
export function straightenGroups(segments: readonly Segment[], below: Pulls, above: Pulls, room: Room, wishes: Wishes, x: Float64Array): void {
  const groups = new Map<number, number[]>();
  const groupOf = new Int32Array(x.length);
  for (let cell = 0; cell < x.length; cell++) groupOf[cell] = cell;
  for (let at = 0; at < segments.length; at++) {
    const { lower, upper, lowerOffset, upperOffset } = segments[at] as Segment;
    if (Math.abs((x[lower] ?? 0) + lowerOffset - (x[upper] ?? 0) - upperOffset) > 0.5) continue;
    const kept = groupOf[lower] ?? 0;
    const gone = groupOf[upper] ?? 0;
    if (kept === gone) continue;
    const members = groups.get(kept) ?? [kept];
    for (const cell of groups.get(gone) ?? [gone]) {
      groupOf[cell] = kept;
      members.push(cell);
    }
    groups.delete(gone);
    groups.set(kept, members);
  }
  groups.forEach((members) => {
    wishes.clear();
    let min = -Infinity;
    let max = Infinity;
    for (let at = 0; at < members.length; at++) {
      const cell = members[at] ?? 0;
      const own = x[cell] ?? 0;
      min = Math.max(min, room.left(cell) - own);
      max = Math.min(max, room.right(cell) - own);
      wishes.addPulls(below, cell, x, groupOf);
      wishes.addPulls(above, cell, x, groupOf);
    }
    if (wishes.isEmpty || min > max) return;
    const move = Math.min(Math.max(wishes.median(), min), max);
    for (const cell of members) x[cell] = (x[cell] ?? 0) + move;
  });
}

/** A run of waypoints of one way, from below to above, and what pulls at its ends. */
interface WaypointRun {
  readonly cells: readonly number[];
  readonly ends: readonly { readonly other: number; readonly shift: number }[];
}

export function waypointRuns(cells: readonly Cell[], below: Pulls, above: Pulls): WaypointRun[] {
  const isWaypoint = (cell: number): boolean => cells[cell]?.node === WAYPOINT;
  const next = (cell: number, { starts, others }: Pulls): number | undefined => others.subarray(starts[cell], starts[cell + 1]).find(isWaypoint);
  const runs: WaypointRun[] = [];
  cells.forEach((_, start) => {
    if (!isWaypoint(start) || next(start, below) !== undefined) return;
    const chain = [start];
    for (let cell = next(start, above); cell !== undefined; cell = next(cell, above)) chain.push(cell);
    if (chain.length < 2) return;
    const inChain = new Set(chain);
    const ends: { other: number; shift: number }[] = [];
    for (const cell of chain) {
      for (const { starts, others, shifts } of [below, above]) {
        for (let at = starts[cell] ?? 0; at < (starts[cell + 1] ?? 0); at++) {
          const other = others[at] ?? 0;
          if (!inChain.has(other)) ends.push({ other, shift: shifts[at] ?? 0 });
        }
      }
    }
    runs.push({ cells: chain, ends });
  });
  return runs;
}

/** How far each cell can move to either side while the others stand still. */
interface Room {
  left(cell: number): number;
  right(cell: number): number;
}

export function roomOf(ranks: readonly (readonly number[])[], spacings: readonly (readonly number[])[], x: Float64Array): Room {
  const rankOf = new Uint32Array(x.length);
  const positionOf = new Uint32Array(x.length);
  ranks.forEach((rank, at) =>
    rank.forEach((cell, position) => {
      rankOf[cell] = at;
      positionOf[cell] = position;
    }),
  );
  return {
    left: (cell) => {
      const at = rankOf[cell] ?? 0;
      const position = positionOf[cell] ?? 0;
      const left = ranks[at]?.[position - 1];
      return left === undefined ? -Infinity : (x[left] ?? 0) + (spacings[at]?.[position] ?? 0);
    },
    right: (cell) => {
      const at = rankOf[cell] ?? 0;
      const position = (positionOf[cell] ?? 0) + 1;
      const right = ranks[at]?.[position];
      return right === undefined ? Infinity : (x[right] ?? 0) - (spacings[at]?.[position] ?? 0);
    },
  };
}

/** Puts as many waypoints in a row as there is room for on one line, that line as near to the way's ends as it goes. */
export function straightenRun({ cells, ends }: WaypointRun, room: Room, wishes: Wishes, x: Float64Array): void {
  wishes.clear();
  for (const { other, shift } of ends) wishes.add((x[other] ?? 0) + shift, 1);
  const wish = wishes.median();
  let run: number[] = [];
  let min = -Infinity;
  let max = Infinity;
  const settle = (): void => {
    const place = Math.min(Math.max(wish, min), max);
    for (const cell of run) x[cell] = place;
  };
  for (const cell of cells) {
    const left = room.left(cell);
    const right = room.right(cell);
    if (Math.max(min, left) > Math.min(max, right)) {
      settle();
      run = [];
      min = -Infinity;
      max = Infinity;
    }
    run.push(cell);
    min = Math.max(min, left);
    max = Math.min(max, right);
  }
  settle();
}

/** Places with weights, kept sorted; used again and again, so that no garbage is made. */
export class Wishes {
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

  /** Adds what a cell's segments wish; those within its group wish nothing, and a group moves as a whole. */
  addPulls({ starts, others, shifts, weights }: Pulls, cell: number, x: Float64Array, groupOf: Int32Array | null = null): void {
    const end = starts[cell + 1] ?? 0;
    const own = groupOf ? (x[cell] ?? 0) : 0;
    for (let at = starts[cell] ?? 0; at < end; at++) {
      const other = others[at] ?? 0;
      if (groupOf && groupOf[other] === groupOf[cell]) continue;
      this.add((x[other] ?? 0) + (shifts[at] ?? 0) - own, weights[at] ?? 0);
    }
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
