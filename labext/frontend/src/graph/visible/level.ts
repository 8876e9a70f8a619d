/** One scope's graph: its children, the edges among them, and the ports where edges cross its border. */

import { tr } from "../../language/language.ts";
import type { GraphNode, Shape } from "../model/graph_node.ts";
import type { Item, Tree } from "../scopes/items.ts";
import { finish, type Steps } from "../steps.ts";
import { type Consumers, type EdgeKind, kindOf, KINDS } from "./consumers.ts";

/** Where edges of one kind from or to one outer item enter or leave a scope. */
export interface Port {
  readonly side: "in" | "out";
  readonly kind: EdgeKind;
  /** Path of the outer item, at the level where both ends part. */
  readonly key: string;
}

/** All edges of one kind between two ends: a child by its index, or a port by the number of children plus its index. */
export interface LevelEdge {
  readonly from: number;
  readonly to: number;
  readonly kind: EdgeKind;
  /** Number of inputs that flow here; `x*x` counts two. */
  count: number;
  /** Distinct tensors, as `node * 1024 + slot`. */
  readonly tensors: Set<number>;
  /** Elements of these tensors, where their shapes are known. */
  elements: number;
  /** The shape if one tensor flows, else how many do. */
  label: string;
}

export interface Level {
  readonly scope: Item;
  readonly children: readonly Item[];
  readonly ports: readonly Port[];
  readonly edges: readonly LevelEdge[];
}

/** More ports of one kind than this on one side become one. */
const MAX_PORTS = 16;
const SLOTS = 1024;
const SIDES: readonly Port["side"][] = ["in", "out"];

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
  for (const edge of builder.edges) edge.label = labelOf(edge, nodes);
  return { scope, children, ports: builder.ports, edges: builder.edges };
}

/** Finds for a node outside `scope` the item at the level where both part. */
function outsideFinder(scope: Item, tree: Tree): (node: number) => Item | undefined {
  const chain = new Set<Item>();
  for (let at: Item | null = scope; at; at = at.parent) chain.add(at);
  let last: Item | undefined;
  return (node) => {
    // One often follows others of the same item.
    if (last && tree.isIn(last, node)) return last;
    last = tree.itemOfNode[node];
    while (last?.parent && !chain.has(last.parent)) last = last.parent;
    return last;
  };
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
  readonly #outerOf: (node: number) => Item | undefined;
  /** By side and kind. */
  readonly #portOf = Array.from({ length: SIDES.length * KINDS.length }, () => new Map<Item | null, number>());
  /** The child that is at work, and its edges so far by other end and kind. */
  #child = 0;
  readonly #edgesOfChild = new Map<number, LevelEdge>();

  constructor(scope: Item, tree: Tree, nodes: readonly GraphNode[], consumers: Consumers) {
    this.#first = scope.children.length;
    this.#isRoot = scope.parent === null;
    this.#nodes = nodes;
    this.#consumers = consumers;
    this.#places = tree.places;
    this.#firstPlace = scope.first;
    this.#children = new Int32Array(scope.size);
    for (const [index, { first, size }] of scope.children.entries()) this.#children.fill(index, first - scope.first, first - scope.first + size);
    this.#outerOf = outsideFinder(scope, tree);
  }

  /** The child that a node is in, or OUTSIDE. */
  #childOf(node: number): number {
    const place = (this.#places[node] ?? 0) - this.#firstPlace;
    return place >= 0 && place < this.#children.length ? (this.#children[place] ?? OUTSIDE) : OUTSIDE;
  }

  begin(child: number): void {
    this.#child = child;
    this.#edgesOfChild.clear();
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
      const source = this.#childOf(producer);
      if (source === this.#child) continue;
      const kind = kindOf(node, position);
      this.#count(source === OUTSIDE ? this.#port("in", kind, this.#outerOf(producer)) : source, this.#child, kind, producer, node.inputSlot(position));
    }
  }

  #addReaders(node: number): void {
    const end = this.#consumers.start(node + 1);
    for (let reading = this.#consumers.start(node); reading < end; reading++) {
      const reader = this.#consumers.reader(reading);
      if (this.#childOf(reader) !== OUTSIDE) continue;
      const kind = this.#consumers.kind(reading);
      this.#count(this.#child, this.#port("out", kind, this.#outerOf(reader)), kind, node, this.#consumers.slot(reading));
    }
  }

  /** An outer item of null stands for all that have no port of their own. */
  #port(side: Port["side"], kind: EdgeKind, outer: Item | null = null): number {
    const known = this.#portOf[SIDES.indexOf(side) * KINDS.length + KINDS.indexOf(kind)];
    if (!known) throw new RangeError(`No ports are kept for ${side} ${kind}.`);
    let port = known.get(outer);
    if (port === undefined) {
      const isFull = outer !== null && known.size >= MAX_PORTS;
      port = isFull ? this.#port(side, kind) : this.#first + this.ports.push({ side, kind, key: outer?.path ?? "*" }) - 1;
      known.set(outer, port);
    }
    return port;
  }

  #count(from: number, to: number, kind: EdgeKind, node: number, slot: number): void {
    const key = (from === this.#child ? to : from) * KINDS.length + KINDS.indexOf(kind);
    let edge = this.#edgesOfChild.get(key);
    if (!edge) {
      edge = { from, to, kind, count: 0, tensors: new Set(), elements: 0, label: "" };
      this.#edgesOfChild.set(key, edge);
      this.edges.push(edge);
    }
    edge.count++;
    const { tensors } = edge;
    const known = tensors.size;
    tensors.add(node * SLOTS + Math.max(slot, 0));
    if (kind !== "control" && tensors.size > known) edge.elements += elementsOf(this.#nodes[node]?.shapeOf(slot) ?? null);
  }
}

function elementsOf(shape: Shape): number {
  if (shape === null) return 0;
  let product = 1;
  for (const size of shape) product *= Math.max(size, 1);
  return product;
}

function labelOf({ kind, tensors }: LevelEdge, nodes: readonly GraphNode[]): string {
  if (kind === "control") return "";
  if (tensors.size > 1) return tr("{count} tensors", { count: tensors.size });
  const [tensor = 0] = tensors;
  return shapeText(nodes[Math.floor(tensor / SLOTS)]?.shapeOf(tensor % SLOTS) ?? null);
}

/** `?×9`, `scalar`, or empty when nothing is known. */
export function shapeText(shape: Shape): string {
  if (shape === null) return "";
  return shape.length === 0 ? tr("scalar") : shape.map((size) => (size < 0 ? "?" : String(size))).join("×");
}
