/** One scope's graph: its children, the edges among them, and the ports where edges cross its border. */

import { type GraphNode, isControl, type NodeInput, type Shape } from "../model/graph_model.ts";
import { isReferenceInput } from "../model/op_kinds.ts";
import type { Item, Tree } from "../scopes/tree.ts";

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

/** The nodes that read each node, by index. */
export type Consumers = readonly (readonly { readonly node: number; readonly input: NodeInput; readonly position: number }[])[];

/** More ports of one kind than this on one side become one. */
const MAX_PORTS = 16;
const SLOTS = 1024;

export function consumersOf(nodes: readonly GraphNode[]): Consumers {
  const consumers: { node: number; input: NodeInput; position: number }[][] = nodes.map(() => []);
  for (const node of nodes) {
    node.inputs.forEach((input, position) => consumers[input.node]?.push({ node: node.index, input, position }));
  }
  return consumers;
}

/** Collects the level of `scope`; the cost is that of its own ops and their edges. */
export function buildLevel(scope: Item, tree: Tree, nodes: readonly GraphNode[], consumers: Consumers): Level {
  const childIndex = new Map(scope.children.map((child, index) => [child, index]));
  const chain = new Set<Item>();
  for (let at: Item | null = scope; at; at = at.parent) chain.add(at);
  const builder = new LevelBuilder(scope.children.length, nodes);
  const placeOf = (node: number): { child: number; outer: Item } | null => {
    let item = tree.itemOfNode[node];
    while (item?.parent && !chain.has(item.parent)) item = item.parent;
    return item ? { child: item.parent === scope ? (childIndex.get(item) ?? -1) : -1, outer: item } : null;
  };
  for (const [index, child] of scope.children.entries()) {
    for (const node of nodesInside(child)) {
      node.inputs.forEach((input, position) => {
        const source = input.node < 0 ? null : placeOf(input.node);
        if (!source || source.child === index) return;
        const kind = kindOf(node, input, position);
        const from = source.child >= 0 ? source.child : builder.port("in", kind, source.outer.path);
        builder.add(from, index, kind, input);
      });
      for (const { node: reader, input, position } of consumers[node.index] ?? []) {
        const target = placeOf(reader);
        const readerNode = nodes[reader];
        if (!target || target.child >= 0 || !readerNode) continue;
        const kind = kindOf(readerNode, input, position);
        builder.add(index, builder.port("out", kind, target.outer.path), kind, input);
      }
    }
  }
  return { scope, children: scope.children, ...builder.finish() };
}

function kindOf(reader: GraphNode, input: NodeInput, position: number): EdgeKind {
  if (isControl(input)) return "control";
  return isReferenceInput(reader.op, position) ? "reference" : "data";
}

function* nodesInside(item: Item): Generator<GraphNode> {
  const stack = [item];
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (at.kind === "op" && at.node) yield at.node;
    for (const child of at.children) stack.push(child);
  }
}

class LevelBuilder {
  readonly #first: number;
  readonly #nodes: readonly GraphNode[];
  readonly #ports: Port[] = [];
  readonly #portIndex = new Map<string, number>();
  readonly #edges = new Map<string, LevelEdge>();

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
    const key = `${from} ${to} ${kind}`;
    let edge = this.#edges.get(key);
    if (!edge) {
      edge = { from, to, kind, count: 0, tensors: new Set(), elements: 0, label: "" };
      this.#edges.set(key, edge);
    }
    edge.count++;
    edge.tensors.add(input.node * SLOTS + Math.max(input.slot, 0));
  }

  finish(): { ports: readonly Port[]; edges: readonly LevelEdge[] } {
    const edges = [...this.#edges.values()];
    for (const edge of edges) {
      if (edge.kind === "control") continue;
      for (const tensor of edge.tensors) {
        const shape = this.#shapeOf(tensor);
        edge.elements += shape?.reduce((product, size) => product * Math.max(size, 1), 1) ?? 0;
        edge.label = edge.tensors.size > 1 ? `${edge.tensors.size} tensors` : shapeText(shape);
      }
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
  return shape.length === 0 ? "scalar" : shape.map((size) => (size < 0 ? "?" : String(size))).join("×");
}
