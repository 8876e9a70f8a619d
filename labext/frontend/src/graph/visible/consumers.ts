/** Who reads each node: the inputs of the graph, sorted by what they read. */

import type { GraphNode } from "../model/graph_node.ts";
import { isReferenceInput } from "../model/op_kinds.ts";
import { finish, inChunks, type Steps } from "../steps.ts";

export type EdgeKind = "data" | "control" | "reference";

export const KINDS: readonly EdgeKind[] = ["data", "control", "reference"];

const NODES_A_STEP = 2000;

export class Consumers {
  readonly #starts: Uint32Array;
  readonly #readers: Uint32Array;
  readonly #slots: Int32Array;
  /** Indices in KINDS. */
  readonly #kinds: Uint8Array;

  private constructor(starts: Uint32Array, readers: Uint32Array, slots: Int32Array, kinds: Uint8Array) {
    this.#starts = starts;
    this.#readers = readers;
    this.#slots = slots;
    this.#kinds = kinds;
  }

  static of(nodes: readonly GraphNode[]): Consumers {
    return finish(Consumers.steps(nodes));
  }

  static *steps(nodes: readonly GraphNode[]): Steps<Consumers> {
    const starts = new Uint32Array(nodes.length + 2);
    yield* inChunks(nodes.length, NODES_A_STEP, (first, end) => {
      for (let index = first; index < end; index++) {
        const reader = nodes[index] as GraphNode;
        for (let position = 0; position < reader.inputCount; position++) {
          const node = reader.inputNode(position);
          if (node >= 0) starts[node + 2] = (starts[node + 2] ?? 0) + 1;
        }
      }
    });
    for (let node = 2; node < starts.length; node++) starts[node] = (starts[node] ?? 0) + (starts[node - 1] ?? 0);
    const total = starts[starts.length - 1] ?? 0;
    const [readers, slots, kinds] = [new Uint32Array(total), new Int32Array(total), new Uint8Array(total)];
    yield* inChunks(nodes.length, NODES_A_STEP, (first, end) => {
      for (let index = first; index < end; index++) {
        const reader = nodes[index] as GraphNode;
        for (let position = 0; position < reader.inputCount; position++) {
          const node = reader.inputNode(position);
          if (node < 0) continue;
          const at = starts[node + 1] ?? 0;
          starts[node + 1] = at + 1;
          readers[at] = index;
          slots[at] = reader.inputSlot(position);
          kinds[at] = KINDS.indexOf(kindOf(reader, position));
        }
      }
    });
    return new Consumers(starts, readers, slots, kinds);
  }

  /** Where the readings of a node begin; they end where those of the next one do. */
  start(node: number): number {
    return this.#starts[node] ?? this.#readers.length;
  }

  /** The node that reads. */
  reader(reading: number): number {
    return this.#readers[reading] ?? -1;
  }

  /** Which of the node's outputs is read, or CONTROL_SLOT. */
  slot(reading: number): number {
    return this.#slots[reading] ?? 0;
  }

  kind(reading: number): EdgeKind {
    return KINDS[this.kindNumber(reading)] ?? "data";
  }

  /** The kind by its index in KINDS. */
  kindNumber(reading: number): number {
    return this.#kinds[reading] ?? 0;
  }
}

export function kindOf(reader: GraphNode, position: number): EdgeKind {
  if (reader.isControlInput(position)) return "control";
  return isReferenceInput(reader.op, position) ? "reference" : "data";
}
