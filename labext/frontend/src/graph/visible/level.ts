/** One scope's graph: its children, the edges among them, and the ports where edges cross its border. */

import { tr } from "../../language/language.ts";
import { type GraphNode, isControl, type NodeInput, type Shape } from "../model/graph_model.ts";
import { isReferenceInput } from "../model/op_kinds.ts";
import { type Item, nodesInside, type Tree } from "../scopes/items.ts";
import { finish, type Steps } from "../steps.ts";
import type { Consumers } from "./consumers.ts";

export type EdgeKind = "data" | "control" | "reference";

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
const KINDS: readonly EdgeKind[] = ["data", "control", "reference"];
/** More ends than a level can have. */
const KEY_RANGE = 2 ** 22;

const NODES_A_STEP = 1500;
const SHARE_FOR_TABLE = 16;

/** Collects the level of `scope`; the cost is that of its own ops and their edges. */
export function buildLevel(scope: Item, tree: Tree, nodes: readonly GraphNode[], consumers: Consumers): Level {
  return finish(levelSteps(scope, tree, nodes, consumers));
}

export function* levelSteps(scope: Item, tree: Tree, nodes: readonly GraphNode[], consumers: Consumers): Steps<Level> {
  const builder = new LevelBuilder(scope.children.length, nodes);
  const outerOf = outsideFinder(scope, tree);
  const members: number[][] = [];
  for (const child of scope.children) {
    members.push(nodesInside(child));
    if (child.size > NODES_A_STEP) yield;
  }
  const childOf = indexOfNodes(scope.size, nodes.length);
  let work = 0;
  for (const [index, inside] of members.entries()) {
    for (const node of inside) childOf.set(node, index);
    work += inside.length;
    if (work > NODES_A_STEP) yield;
    if (work > NODES_A_STEP) work = 0;
  }
  for (const [index, inside] of members.entries()) {
    for (const [at, nodeIndex] of inside.entries()) {
      if (at % NODES_A_STEP === NODES_A_STEP - 1) yield;
      const node = nodes[nodeIndex];
      for (const [position, input] of node?.inputs.entries() ?? []) {
        if (!node || input.node < 0) continue;
        const source = childOf.get(input.node) ?? -1;
        if (source === index) continue;
        const kind = kindOf(node, input, position);
        builder.add(source >= 0 ? source : builder.port("in", kind, outerOf(input.node)), index, kind, input);
      }
      for (let reading = consumers.start(nodeIndex); reading < consumers.start(nodeIndex + 1); reading++) {
        const reader = nodes[consumers.reader(reading)];
        const input = reader?.inputs[consumers.position(reading)];
        if (!reader || !input || childOf.get(reader.index) !== undefined) continue;
        const kind = kindOf(reader, input, consumers.position(reading));
        builder.add(index, builder.port("out", kind, outerOf(reader.index)), kind, input);
      }
    }
    work += inside.length;
    if (work > NODES_A_STEP) yield;
    if (work > NODES_A_STEP) work = 0;
  }
  const found = yield* builder.finish();
  return { scope, children: scope.children, ...found };
}

interface NodeIndex {
  get(node: number): number | undefined;
  set(node: number, value: number): unknown;
}

/** A table as long as the graph pays only for a good part of the graph. */
function indexOfNodes(size: number, nodeCount: number): NodeIndex {
  if (size * SHARE_FOR_TABLE < nodeCount) return new Map<number, number>();
  const table = new Int32Array(nodeCount);
  return { get: (node) => ((table[node] ?? 0) > 0 ? (table[node] ?? 0) - 1 : undefined), set: (node, value) => (table[node] = value + 1) };
}

/** Finds for a node outside `scope` the item at the level where both part. */
function outsideFinder(scope: Item, tree: Tree): (node: number) => string {
  const chain = new Set<Item>();
  for (let at: Item | null = scope; at; at = at.parent) chain.add(at);
  return (node) => {
    let item = tree.itemOfNode[node];
    while (item?.parent && !chain.has(item.parent)) item = item.parent;
    return item?.path ?? "";
  };
}

function kindOf(reader: GraphNode, input: NodeInput, position: number): EdgeKind {
  if (isControl(input)) return "control";
  return isReferenceInput(reader.op, position) ? "reference" : "data";
}

class LevelBuilder {
  readonly #first: number;
  readonly #nodes: readonly GraphNode[];
  readonly #ports: Port[] = [];
  readonly #portIndex = new Map<string, number>();
  readonly #edges = new Map<number, LevelEdge>();

  constructor(children: number, nodes: readonly GraphNode[]) {
    this.#first = children;
    this.#nodes = nodes;
  }

  port(side: Port["side"], kind: EdgeKind, outer: string): number {
    const name = `${side} ${kind} ${outer}`;
    const known = this.#portIndex.get(name);
    if (known !== undefined) return known;
    const isFull = this.#ports.filter((port) => port.side === side && port.kind === kind).length >= MAX_PORTS;
    if (isFull && outer !== "*") return this.port(side, kind, "*");
    const index = this.#first + this.#ports.push({ side, kind, key: outer }) - 1;
    this.#portIndex.set(name, index);
    return index;
  }

  add(from: number, to: number, kind: EdgeKind, input: NodeInput): void {
    const key = (from * KEY_RANGE + to) * 3 + KINDS.indexOf(kind);
    let edge = this.#edges.get(key);
    if (!edge) {
      edge = { from, to, kind, count: 0, tensors: new Set(), elements: 0, label: "" };
      this.#edges.set(key, edge);
    }
    edge.count++;
    edge.tensors.add(input.node * SLOTS + Math.max(input.slot, 0));
  }

  *finish(): Steps<{ ports: readonly Port[]; edges: readonly LevelEdge[] }> {
    const edges = [...this.#edges.values()];
    let work = 0;
    for (const edge of edges) {
      if (edge.kind === "control") continue;
      let shape: Shape = null;
      for (const tensor of edge.tensors) {
        shape = this.#shapeOf(tensor);
        edge.elements += shape?.reduce((product, size) => product * Math.max(size, 1), 1) ?? 0;
        if (++work % NODES_A_STEP === 0) yield;
      }
      edge.label = edge.tensors.size > 1 ? tr("{count} tensors", { count: edge.tensors.size.toLocaleString("en-US") }) : shapeText(shape);
    }
    return { ports: this.#ports, edges };
  }

  #shapeOf(tensor: number): Shape {
    return this.#nodes[Math.floor(tensor / SLOTS)]?.outputs[tensor % SLOTS]?.shape ?? null;
  }
}

/** `?×9`, `scalar`, or empty when nothing is known. */
export function shapeText(shape: Shape): string {
  if (shape === null) return "";
  return shape.length === 0 ? tr("scalar") : shape.map((size) => (size < 0 ? "?" : String(size))).join("×");
}
