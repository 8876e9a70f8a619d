/** The edges of one kind between two ends of a level, as one. */

import { tr } from "../../language/language.ts";
import type { GraphNode, Shape } from "../model/graph_node.ts";
import type { EdgeKind } from "./consumers.ts";

const SLOTS = 1024;

export class LevelEdge {
  /** A child by its index, or a port by the number of children plus its index. */
  readonly from: number;
  readonly to: number;
  readonly kind: EdgeKind;
  /** Number of inputs that flow here; `x*x` counts two. */
  count = 0;
  /** Number of distinct tensors. */
  tensors = 0;
  /** The first of them: the node that it leaves, and which of its outputs it is. */
  node = -1;
  slot = 0;
  /** Elements of the tensors, where their shapes are known. */
  elements = 0;
  readonly #nodes: readonly GraphNode[];
  readonly #isInOrder: boolean;
  #lastNode = -1;
  #lastSlot = 0;
  /** What may come again, from the second tensor on. */
  #known: Set<number> | null = null;

  /** @param isInOrder whether the tensors of one node come one after the other, and no others between them. */
  constructor(from: number, to: number, kind: EdgeKind, nodes: readonly GraphNode[], isInOrder: boolean) {
    this.from = from;
    this.to = to;
    this.kind = kind;
    this.#nodes = nodes;
    this.#isInOrder = isInOrder;
  }

  add(node: number, slot: number): void {
    this.count++;
    if (node === this.#lastNode && slot === this.#lastSlot) return;
    if (this.tensors === 0) {
      this.node = node;
      this.slot = slot;
    } else if (this.#isKnown(node, slot)) return;
    this.#lastNode = node;
    this.#lastSlot = slot;
    this.tensors++;
    if (this.kind !== "control") this.elements += this.#nodes[node]?.elementsOf(slot) ?? 0;
  }

  /** The shape if one tensor flows, else how many do. */
  get label(): string {
    if (this.kind === "control") return "";
    return this.tensors > 1 ? tr("{count} tensors", { count: this.tensors }) : shapeText(this.#nodes[this.node]?.shapeOf(this.slot) ?? null);
  }

  #isKnown(node: number, slot: number): boolean {
    if (this.#isInOrder && node !== this.#lastNode) {
      this.#known = null;
      return false;
    }
    this.#known ??= new Set([this.#lastNode * SLOTS + this.#lastSlot]);
    const tensor = node * SLOTS + slot;
    if (this.#known.has(tensor)) return true;
    this.#known.add(tensor);
    return false;
  }
}

/** `?×9`, `scalar`, or empty when nothing is known. */
export function shapeText(shape: Shape): string {
  if (shape === null) return "";
  return shape.length === 0 ? tr("scalar") : shape.map((size) => (size < 0 ? "?" : String(size))).join("×");
}
