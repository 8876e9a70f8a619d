/** One scope's graph: its children, the edges among them, and the ports where edges cross its border. */

import type { GraphNode } from "../model/graph_node.ts";
import type { Item, Tree } from "../scopes/items.ts";
import { finish, type Steps } from "../steps.ts";
import { type Consumers, kindOf, KINDS } from "./consumers.ts";
import { LevelEdge } from "./level_edge.ts";
import { IN, OUT, type Port, Ports } from "./ports.ts";

export interface Level {
  readonly scope: Item;
  readonly children: readonly Item[];
  readonly ports: readonly Port[];
  readonly edges: readonly LevelEdge[];
}

const NODES_A_STEP = 500;

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
    for (let start = 0; start < inside.length; start += NODES_A_STEP) {
      const end = Math.min(start + NODES_A_STEP, inside.length);
      builder.add(index, inside, start, end);
      work += end - start;
      if (work > NODES_A_STEP) yield;
      if (work > NODES_A_STEP) work = 0;
    }
  }
  return { scope, children, ports: builder.ports, edges: builder.edges };
}

/** Work on many nodes is done in plain functions: engines make them several times faster than generators. */
class LevelBuilder {
  readonly edges: LevelEdge[] = [];
  readonly #ports: Ports;
  readonly #childCount: number;
  /** Nothing is outside the root. */
  readonly #isRoot: boolean;
  readonly #nodes: readonly GraphNode[];
  readonly #consumers: Consumers;
  /** The places of the nodes in the hierarchy; those in the scope follow each other. */
  readonly #places: Uint32Array;
  readonly #firstPlace: number;
  /** By place, counted from the scope's first: the child. */
  readonly #children: Int32Array;
  #child = 0;
  /** The last edge to each end, and from it, by kind: the one of the child at work, if it has any. */
  readonly #outgoing: LevelEdge[] = [];
  readonly #incoming: LevelEdge[] = [];

  constructor(scope: Item, tree: Tree, nodes: readonly GraphNode[], consumers: Consumers) {
    this.#ports = new Ports(scope);
    this.#childCount = scope.children.length;
    this.#isRoot = scope.parent === null;
    this.#nodes = nodes;
    this.#consumers = consumers;
    this.#places = tree.places;
    this.#firstPlace = scope.first;
    this.#children = new Int32Array(scope.size);
    for (const [index, { first, size }] of scope.children.entries()) this.#children.fill(index, first - scope.first, first - scope.first + size);
  }

  get ports(): readonly Port[] {
    return this.#ports.all;
  }

  /** Adds the edges of some nodes of a child; one child comes after the other. */
  add(child: number, inside: Uint32Array, start: number, end: number): void {
    this.#child = child;
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
      const source = this.#children[place - this.#firstPlace];
      if (source === this.#child) continue;
      const kind = KINDS.indexOf(kindOf(node, position));
      const from = source ?? this.#childCount + this.#ports.numberOf(IN, kind, place);
      this.#edge(this.#incoming, from * KINDS.length + kind, from, this.#child).add(producer, node.inputSlot(position));
    }
  }

  #addReaders(node: number): void {
    const consumers = this.#consumers;
    const end = consumers.start(node + 1);
    for (let reading = consumers.start(node); reading < end; reading++) {
      const place = this.#places[consumers.reader(reading)] ?? 0;
      const at = place - this.#firstPlace;
      if (at >= 0 && at < this.#children.length) continue;
      const kind = consumers.kindNumber(reading);
      const to = this.#childCount + this.#ports.numberOf(OUT, kind, place);
      this.#edge(this.#outgoing, to * KINDS.length + kind, this.#child, to).add(node, consumers.slot(reading));
    }
  }

  #edge(known: LevelEdge[], at: number, from: number, to: number): LevelEdge {
    let edge = known[at];
    if (edge?.from !== from || edge.to !== to) {
      edge = new LevelEdge(from, to, KINDS[at % KINDS.length] ?? "data", this.#nodes, known === this.#outgoing);
      known[at] = edge;
      this.edges.push(edge);
    }
    return edge;
  }
}
