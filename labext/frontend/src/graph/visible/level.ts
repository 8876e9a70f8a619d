/** One scope's graph: its children, the edges among them, and the ports where edges cross its border. */

import type { GraphNode } from "../model/graph_node.ts";
import { holds, type Item, type Tree } from "../scopes/items.ts";
import { finish, type Steps } from "../steps.ts";
import { type Consumers, type EdgeKind, kindOf } from "./consumers.ts";
import { LevelEdge } from "./level_edge.ts";

/** Where edges of one kind from or to one outer item enter or leave a scope. */
export interface Port {
  readonly side: "in" | "out";
  readonly kind: EdgeKind;
  /** Path of the outer item, at the level where both ends part. */
  readonly key: string;
}

export interface Level {
  readonly scope: Item;
  readonly children: readonly Item[];
  readonly ports: readonly Port[];
  readonly edges: readonly LevelEdge[];
}

/** More ports of one kind than this on one side become one. */
const MAX_PORTS = 16;

const NODES_A_STEP = 500;
const OUTSIDE = -1;

/** Collects the level of `scope`; the cost is that of its own ops and their edges. */
export function buildLevel(scope: Item, tree: Tree, nodes: readonly GraphNode[], consumers: Consumers): Level {
  return finish(levelSteps(scope, tree, nodes, consumers));
}

export function* levelSteps(scope: Item, tree: Tree, nodes: readonly GraphNode[], consumers: Consumers): Steps<Level> {
  const { children } = scope;
  const members = children.map((child) => tree.nodesIn(child));
  const builder = new LevelBuilder(scope, tree, nodes, consumers);
  let work = 0;
  for (const [index, inside] of members.entries()) {
    builder.begin(index);
    for (let start = 0; start < inside.length; start += NODES_A_STEP) {
      const end = Math.min(start + NODES_A_STEP, inside.length);
      builder.add(inside, start, end);
      work += end - start;
      if (work > NODES_A_STEP) yield;
      if (work > NODES_A_STEP) work = 0;
    }
  }
  return { scope, children, ports: builder.ports, edges: builder.edges };
}

/** Finds for a place outside `scope` the item at the level where both part. */
function outsideFinder(scope: Item): (place: number) => Item | null {
  let last: Item | null = null;
  return (place) => {
    // One often follows others of the same item.
    if (last && holds(last, place)) return last;
    let around = scope.parent;
    while (around && !holds(around, place)) around = around.parent;
    return (last = around && childAt(around, place));
  };
}

/** The children follow each other in the order of the hierarchy. */
function childAt({ children }: Item, place: number): Item | null {
  let [low, high] = [0, children.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((children[middle]?.first ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return children[low] ?? null;
}

/** Work on many nodes is done in plain functions: engines make them several times faster than generators. */
class LevelBuilder {
  readonly ports: Port[] = [];
  readonly edges: LevelEdge[] = [];
  readonly #first: number;
  /** Nothing is outside the root. */
  readonly #isRoot: boolean;
  readonly #nodes: readonly GraphNode[];
  readonly #consumers: Consumers;
  /** The places of the nodes in the hierarchy; those in the scope follow each other. */
  readonly #places: Uint32Array;
  readonly #firstPlace: number;
  /** By place, counted from the scope's first: the child. */
  readonly #children: Int32Array;
  readonly #outerOf: (place: number) => Item | null;
  /** Numbers of the ports by outer item; null stands for all items that have no port of their own. */
  readonly #portOf = { in: byKind<Item | null, number>(), out: byKind<Item | null, number>() };
  /** The child that is at work, and its edges so far by their other ends. */
  #child = 0;
  #edgesOfChild = byKind<number, LevelEdge>();

  constructor(scope: Item, tree: Tree, nodes: readonly GraphNode[], consumers: Consumers) {
    this.#first = scope.children.length;
    this.#isRoot = scope.parent === null;
    this.#nodes = nodes;
    this.#consumers = consumers;
    this.#places = tree.places;
    this.#firstPlace = scope.first;
    this.#children = new Int32Array(scope.size);
    for (const [index, { first, size }] of scope.children.entries()) this.#children.fill(index, first - scope.first, first - scope.first + size);
    this.#outerOf = outsideFinder(scope);
  }

  /** The child that a place is in, or OUTSIDE. */
  #childAt(place: number): number {
    const at = place - this.#firstPlace;
    return at >= 0 && at < this.#children.length ? (this.#children[at] ?? OUTSIDE) : OUTSIDE;
  }

  begin(child: number): void {
    this.#child = child;
    this.#edgesOfChild = byKind();
  }

  /** Adds the edges of some nodes of the child that was begun. */
  add(inside: Uint32Array, start: number, end: number): void {
    for (let at = start; at < end; at++) {
      const node = this.#nodes[inside[at] ?? -1];
      if (!node) continue;
      this.#addInputs(node);
      if (!this.#isRoot) this.#addReaders(node.index);
    }
  }

  #addInputs(node: GraphNode): void {
    for (let position = 0; position < node.inputCount; position++) {
      const producer = node.inputNode(position);
      if (producer < 0) continue;
      const place = this.#places[producer] ?? 0;
      const source = this.#childAt(place);
      if (source === this.#child) continue;
      const kind = kindOf(node, position);
      const from = source === OUTSIDE ? this.#port("in", kind, this.#outerOf(place)) : source;
      this.#edge(from, kind, false).add(producer, node.inputSlot(position));
    }
  }

  #addReaders(node: number): void {
    const end = this.#consumers.start(node + 1);
    for (let reading = this.#consumers.start(node); reading < end; reading++) {
      const place = this.#places[this.#consumers.reader(reading)] ?? 0;
      if (this.#childAt(place) !== OUTSIDE) continue;
      const kind = this.#consumers.kind(reading);
      this.#edge(this.#port("out", kind, this.#outerOf(place)), kind, true).add(node, this.#consumers.slot(reading));
    }
  }

  #port(side: Port["side"], kind: EdgeKind, outer: Item | null): number {
    const known = this.#portOf[side][kind];
    let port = known.get(outer);
    if (port === undefined) {
      const isFull = outer !== null && known.size >= MAX_PORTS;
      port = isFull ? this.#port(side, kind, null) : this.#first + this.ports.push({ side, kind, key: outer?.path ?? "*" }) - 1;
      known.set(outer, port);
    }
    return port;
  }

  /** The edge between the child at work and another end. */
  #edge(other: number, kind: EdgeKind, isOut: boolean): LevelEdge {
    const known = this.#edgesOfChild[kind];
    let edge = known.get(other);
    if (!edge) {
      const [from, to] = isOut ? [this.#child, other] : [other, this.#child];
      edge = new LevelEdge(from, to, kind, this.#nodes, isOut);
      known.set(other, edge);
      this.edges.push(edge);
    }
    return edge;
  }
}

function byKind<Key, Value>(): Readonly<Record<EdgeKind, Map<Key, Value>>> {
  return { data: new Map(), control: new Map(), reference: new Map() };
}
