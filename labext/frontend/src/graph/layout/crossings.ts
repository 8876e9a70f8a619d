/** Counts how often edges cross between neighbouring ranks. */

/** What one segment is to the cell at one of its ends. */
export interface Neighbour {
  readonly cell: number;
  /** Where it meets that cell, as a part of the cell's width. */
  readonly at: number;
  /** Where it meets this cell. */
  readonly ownAt: number;
  /** How many edges run there. */
  readonly count: number;
}

const MANY_PLACES = 100;

/** Number of crossings among all edges. */
export function countCrossings(ranks: readonly (readonly number[])[], positions: Uint32Array, below: readonly (readonly Neighbour[])[]): number {
  const places: number[] = [];
  const owns: number[] = [];
  const counts: number[] = [];
  let crossings = 0;
  for (const rank of ranks) {
    places.length = owns.length = counts.length = 0;
    for (const cell of rank) {
      const start = places.length;
      for (const { cell: other, at: meets, ownAt, count } of below[cell] ?? []) {
        const place = (positions[other] ?? 0) + meets;
        let at = places.length;
        for (; at > start && ((owns[at - 1] ?? 0) > ownAt || (owns[at - 1] === ownAt && (places[at - 1] ?? 0) > place)); at--) {
          places[at] = places[at - 1] ?? 0;
          owns[at] = owns[at - 1] ?? 0;
          counts[at] = counts[at - 1] ?? 0;
        }
        places[at] = place;
        owns[at] = ownAt;
        counts[at] = count;
      }
    }
    crossings += places.length > MANY_PLACES ? countManyInversions(places, counts) : countInversions(places, counts);
  }
  return crossings;
}

/** Pairs of which the earlier lies further right, each as often as edges run there. */
function countInversions(places: readonly number[], counts: readonly number[]): number {
  let inversions = 0;
  for (let at = 1; at < places.length; at++) {
    const place = places[at] ?? 0;
    let before = 0;
    for (let other = 0; other < at; other++) if ((places[other] ?? 0) > place) before += counts[other] ?? 0;
    inversions += before * (counts[at] ?? 0);
  }
  return inversions;
}

/** The same in less than square time. */
function countManyInversions(places: readonly number[], counts: readonly number[]): number {
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
