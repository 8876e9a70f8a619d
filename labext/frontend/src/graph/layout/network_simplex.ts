/**
 * Places nodes on a line so that every link has at least its length and the sum of weight × length is least:
 * the network simplex method of Gansner, Koutsofios, North, Vo, "A Technique for Drawing Directed Graphs" (1993).
 */

import type { Steps } from "../steps.ts";

/** `to` stands at least `length` behind `from`. */
export interface WeightedLink {
  readonly from: number;
  readonly to: number;
  readonly length: number;
  readonly weight: number;
}

const PIVOTS_A_STEP = 8;
const EPSILON = 1e-9;

/** Improves `places`, which must keep all lengths, in place. */
export function* shorten(places: Float64Array, links: readonly WeightedLink[]): Steps<void> {
  if (places.length < 2) return;
  const all = connected(places, links);
  const slack = ({ from, to, length }: WeightedLink): number => (places[to] ?? 0) - (places[from] ?? 0) - length;
  const tree = new SpanningTree(places.length, all);
  yield* growTight(places, all, slack, tree);
  /** What a node's links pull: up for outgoing ones, down for incoming ones. */
  const pulls = new Float64Array(places.length);
  for (const { from, to, weight } of all) {
    pulls[from] = (pulls[from] ?? 0) + weight;
    pulls[to] = (pulls[to] ?? 0) - weight;
  }
  for (let pivot = 0; pivot < 4 * places.length; pivot++) {
    if (pivot % PIVOTS_A_STEP === PIVOTS_A_STEP - 1) yield;
    tree.number();
    const leaving = tree.cheapest(pulls);
    if (leaving < 0) return;
    const below = all[tree.linkOf(leaving)]?.from === leaving;
    let entering = -1;
    let least = Infinity;
    all.forEach((link, index) => {
      const isFromInside = tree.isInside(link.from, leaving);
      if (isFromInside === below || tree.isInside(link.to, leaving) === isFromInside || slack(link) >= least) return;
      least = slack(link);
      entering = index;
    });
    if (entering < 0) return;
    tree.move(places, leaving, below ? -least : least);
    tree.exchange(leaving, entering);
  }
}

/** Links between parts that hang on nothing, so that one tree spans all; they weigh nothing. */
function connected(places: Float64Array, links: readonly WeightedLink[]): WeightedLink[] {
  const parts = Int32Array.from(places, (_, node) => node);
  const partOf = (node: number): number => {
    let at = node;
    while (parts[at] !== at) at = parts[at] = parts[parts[at] ?? 0] ?? 0;
    return at;
  };
  for (const { from, to } of links) parts[partOf(from)] = partOf(to);
  const all = [...links];
  for (let node = 1; node < places.length; node++) {
    const [one, other] = [partOf(0), partOf(node)];
    if (one === other) continue;
    parts[one] = other;
    all.push({ from: 0, to: node, length: (places[node] ?? 0) - (places[0] ?? 0), weight: 0 });
  }
  return all;
}

/** Adds tight links to the tree; where none is left, moves the tree until the nearest one is. */
function* growTight(places: Float64Array, links: readonly WeightedLink[], slack: (link: WeightedLink) => number, tree: SpanningTree): Steps<void> {
  const linksAt: number[][] = Array.from(places, () => []);
  links.forEach(({ from, to }, index) => {
    linksAt[from]?.push(index);
    linksAt[to]?.push(index);
  });
  const inTree = new Uint8Array(places.length);
  const members: number[] = [];
  const add = (first: number): void => {
    const stack = [first];
    inTree[first] = 1;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      members.push(node);
      for (const index of linksAt[node] ?? []) {
        const link = links[index];
        if (!link || slack(link) > EPSILON) continue;
        const other = link.from === node ? link.to : link.from;
        if (inTree[other]) continue;
        inTree[other] = 1;
        tree.add(index);
        stack.push(other);
      }
    }
  };
  add(0);
  while (members.length < places.length) {
    let nearest = -1;
    let least = Infinity;
    links.forEach((link, index) => {
      if (inTree[link.from] === inTree[link.to] || slack(link) >= least) return;
      least = slack(link);
      nearest = index;
    });
    const link = links[nearest];
    if (!link) return;
    const isOutgoing = inTree[link.from] === 1;
    for (const node of members) places[node] = (places[node] ?? 0) + (isOutgoing ? least : -least);
    tree.add(nearest);
    add(isOutgoing ? link.to : link.from);
    yield;
  }
}

class SpanningTree {
  readonly #links: readonly WeightedLink[];
  readonly #treeLinks: Set<number>[];
  /** The link to the parent, by node. */
  readonly #up: Int32Array;
  /** Nodes in an order in which every node comes before those below it, and where its own begin and end. */
  readonly #order: Int32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #sums: Float64Array;

  constructor(count: number, links: readonly WeightedLink[]) {
    this.#links = links;
    this.#treeLinks = Array.from({ length: count }, () => new Set());
    this.#up = new Int32Array(count);
    this.#order = new Int32Array(count);
    this.#first = new Int32Array(count);
    this.#last = new Int32Array(count);
    this.#sums = new Float64Array(count);
  }

  add(index: number): void {
    const link = this.#links[index];
    if (!link) return;
    this.#treeLinks[link.from]?.add(index);
    this.#treeLinks[link.to]?.add(index);
  }

  /** Numbers the nodes anew, from node 0 down. */
  number(): void {
    const stack = [0];
    this.#up[0] = -1;
    let at = 0;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      this.#first[node] = at;
      this.#order[at++] = node;
      for (const index of this.#treeLinks[node] ?? []) {
        if (index === this.#up[node]) continue;
        const child = this.#other(index, node);
        this.#up[child] = index;
        stack.push(child);
      }
    }
    this.#last.set(this.#first);
    for (at = this.#order.length - 1; at > 0; at--) {
      const node = this.#order[at] ?? 0;
      const parent = this.#other(this.#up[node] ?? 0, node);
      this.#last[parent] = Math.max(this.#last[parent] ?? 0, this.#last[node] ?? 0);
    }
  }

  linkOf(node: number): number {
    return this.#up[node] ?? -1;
  }

  isInside(node: number, top: number): boolean {
    const at = this.#first[node] ?? 0;
    return at >= (this.#first[top] ?? 0) && at <= (this.#last[top] ?? 0);
  }

  /** The node whose link to its parent saves most when it gives way to another; -1 if none does. */
  cheapest(pulls: Float64Array): number {
    this.#sums.set(pulls);
    let [found, least] = [-1, -EPSILON];
    for (let at = this.#order.length - 1; at > 0; at--) {
      const node = this.#order[at] ?? 0;
      const sum = this.#sums[node] ?? 0;
      const link = this.#links[this.#up[node] ?? 0];
      const parent = this.#other(this.#up[node] ?? 0, node);
      this.#sums[parent] = (this.#sums[parent] ?? 0) + sum;
      const value = link?.from === node ? sum : -sum;
      if (value < least) [found, least] = [node, value];
    }
    return found;
  }

  move(places: Float64Array, top: number, distance: number): void {
    for (let at = this.#first[top] ?? 0; at <= (this.#last[top] ?? -1); at++) {
      const node = this.#order[at] ?? 0;
      places[node] = (places[node] ?? 0) + distance;
    }
  }

  exchange(node: number, entering: number): void {
    const leaving = this.linkOf(node);
    this.#treeLinks[node]?.delete(leaving);
    this.#treeLinks[this.#other(leaving, node)]?.delete(leaving);
    this.add(entering);
  }

  #other(index: number, node: number): number {
    const link = this.#links[index];
    return link?.from === node ? link.to : (link?.from ?? 0);
  }
}
