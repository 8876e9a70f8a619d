/** Who reads each node: the inputs of the graph, sorted by what they read. */

import type { GraphNode } from "../model/graph_node.ts";
import { finish, inChunks, type Steps } from "../steps.ts";

const NODES_A_STEP = 8000;

export class Consumers {
  readonly #starts: Uint32Array;
  readonly #readers: Uint32Array;
  readonly #positions: Uint32Array;

  private constructor(starts: Uint32Array, readers: Uint32Array, positions: Uint32Array) {
    this.#starts = starts;
    this.#readers = readers;
    this.#positions = positions;
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
    const [readers, positions] = [new Uint32Array(total), new Uint32Array(total)];
    yield* inChunks(nodes.length, NODES_A_STEP, (first, end) => {
      for (let index = first; index < end; index++) {
        const reader = nodes[index] as GraphNode;
        for (let position = 0; position < reader.inputCount; position++) {
          const node = reader.inputNode(position);
          if (node < 0) continue;
          const at = starts[node + 1] ?? 0;
          starts[node + 1] = at + 1;
          readers[at] = index;
          positions[at] = position;
        }
      }
    });
    return new Consumers(starts, readers, positions);
  }

  /** Where the readings of a node begin; they end where those of the next one do. */
  start(node: number): number {
    return this.#starts[node] ?? this.#readers.length;
  }

  /** The node that reads. */
  reader(reading: number): number {
    return this.#readers[reading] ?? -1;
  }

  /** Which of that node's inputs it is. */
  position(reading: number): number {
    return this.#positions[reading] ?? 0;
  }
}
