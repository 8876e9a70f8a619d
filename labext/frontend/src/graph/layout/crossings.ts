/** Counts how often edges cross between neighbouring ranks. */

import { type Cell, type Segment, startsOf } from "./chains.ts";

/** What cells are linked to on one side. Flat, since small loops run over it again and again. */
export interface Side {
  /** By cell: where its links begin; they end where those of the next cell do. */
  readonly starts: Uint32Array;
  /** By link: the cell at its other end. */
  readonly cells: Uint32Array;
  /** By link: where it meets that cell, as a part of the cell's width. */
  readonly ats: Float64Array;
  /** By link: where it meets this cell. */
  readonly ownAts: Float64Array;
  /** By link: how many edges run there. */
  readonly counts: Float64Array;
}

const MANY_PLACES = 100;

export function sideOf(cells: readonly Cell[], segments: readonly Segment[], own: "lower" | "upper"): Side {
  const starts = startsOf(cells.length, segments, own);
  const numbers = (): Float64Array => new Float64Array(segments.length);
  const side: Side = { starts, cells: new Uint32Array(segments.length), ats: numbers(), ownAts: numbers(), counts: numbers() };
  for (const { lower, upper, lowerOffset, upperOffset, count } of segments) {
    const lowerAt = lowerOffset / ((cells[lower]?.width ?? 0) + 1);
    const upperAt = upperOffset / ((cells[upper]?.width ?? 0) + 1);
    const isLower = own === "lower";
    const next = (isLower ? lower : upper) + 1;
    const link = starts[next] ?? 0;
    starts[next] = link + 1;
    side.cells[link] = isLower ? upper : lower;
    side.ats[link] = isLower ? upperAt : lowerAt;
    side.ownAts[link] = isLower ? lowerAt : upperAt;
    side.counts[link] = count;
  }
  return side;
}

/** Counts the crossings among all edges, again and again. */
export class Counter {
  readonly #side: Side;
  /** By link of the rank at work, from left to right. */
  readonly #places: Float64Array;
  readonly #owns: Float64Array;
  readonly #counts: Float64Array;

  constructor(below: Side) {
    this.#side = below;
    this.#places = new Float64Array(below.cells.length);
    this.#owns = new Float64Array(below.cells.length);
    this.#counts = new Float64Array(below.cells.length);
  }

  count(ranks: readonly (readonly number[])[], positions: Uint32Array): number {
    let crossings = 0;
    for (let rank = 0; rank < ranks.length; rank++) {
      const length = this.#collect(ranks[rank] ?? [], positions);
      if (length > MANY_PLACES) crossings += countManyInversions(this.#places.subarray(0, length), this.#counts);
      else crossings += countInversions(this.#places, this.#counts, length);
    }
    return crossings;
  }

  /** Where the links of a rank's cells end, in the order in which they leave the rank; gives their number. */
  #collect(rank: readonly number[], positions: Uint32Array): number {
    const { starts, cells, ats, ownAts, counts: edges } = this.#side;
    const places = this.#places;
    const owns = this.#owns;
    const counts = this.#counts;
    let length = 0;
    for (let position = 0; position < rank.length; position++) {
      const cell = rank[position] ?? 0;
      const start = length;
      const end = starts[cell + 1] ?? 0;
      for (let link = starts[cell] ?? 0; link < end; link++) {
        const place = (positions[cells[link] ?? 0] ?? 0) + (ats[link] ?? 0);
        const ownAt = ownAts[link] ?? 0;
        let at = length++;
        for (; at > start && ((owns[at - 1] ?? 0) > ownAt || (owns[at - 1] === ownAt && (places[at - 1] ?? 0) > place)); at--) {
          places[at] = places[at - 1] ?? 0;
          owns[at] = owns[at - 1] ?? 0;
          counts[at] = counts[at - 1] ?? 0;
        }
        places[at] = place;
        owns[at] = ownAt;
        counts[at] = edges[link] ?? 0;
      }
    }
    return length;
  }
}

/** Pairs of which the earlier lies further right, each as often as edges run there. */
function countInversions(places: Float64Array, counts: Float64Array, length: number): number {
  let inversions = 0;
  for (let at = 1; at < length; at++) {
    const place = places[at] ?? 0;
    let before = 0;
    for (let other = 0; other < at; other++) if ((places[other] ?? 0) > place) before += counts[other] ?? 0;
    inversions += before * (counts[at] ?? 0);
  }
  return inversions;
}

/** The same in less than square time. */
function countManyInversions(places: Float64Array, counts: Float64Array): number {
  const order = [...new Set(places)].sort((a, b) => a - b);
  const indexOf = new Map(order.map((place, index) => [place, index + 1]));
  const tree = new Float64Array(order.length + 1);
  let [total, inversions] = [0, 0];
  places.forEach((place, at) => {
    const count = counts[at] ?? 0;
    const index = indexOf.get(place) ?? 1;
    let notGreater = 0;
    for (let i = index; i > 0; i -= i & -i) notGreater += tree[i] ?? 0;
    inversions += count * (total - notGreater);
    total += count;
    for (let i = index; i <= order.length; i += i & -i) tree[i] = (tree[i] ?? 0) + count;
  });
  return inversions;
}
