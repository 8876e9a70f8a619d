/** The flat graph: its nodes, and tables of texts and shapes that grow with each message. */

import { type GraphMessage, PayloadError } from "../../protocol/payload.ts";
import { finish, inChunks, type Steps } from "../steps.ts";
import { GraphNode, type Shape } from "./graph_node.ts";

const NODES_A_STEP = 1000;

export class GraphModel {
  readonly nodes: GraphNode[] = [];
  /** Inputs that name nodes the graph does not hold. */
  missingInputs = 0;
  /** Inputs that come from their own node. */
  ownInputs = 0;
  #strings: string[] = [];
  #shapes: Shape[] = [];
  #elements: number[] = [];

  /**
   * Appends a message; one with base 0 replaces the graph.
   * @throws PayloadError when it does not continue what is here: the sender must start again from 0.
   */
  append(message: GraphMessage): void {
    finish(this.appendSteps(message));
  }

  *appendSteps(message: GraphMessage): Steps<void> {
    if (message.base === 0) this.#clear();
    if (message.base !== this.nodes.length || message.stringBase > this.#strings.length || message.shapeBase > this.#shapes.length) {
      throw new PayloadError(`A message that continues node ${message.base} came after node ${this.nodes.length}.`);
    }
    appendFrom(message.stringBase, message.strings, this.#strings);
    appendFrom(message.shapeBase, message.shapes, this.#shapes);
    appendFrom(message.shapeBase, message.shapes.map(elementsOf), this.#elements);
    for (let row = 0, input = 0; row < message.nodes; row++) {
      for (const end = message.inputEnds[row + 1] ?? 0; input < end; input++) {
        const node = message.inputNode[input] ?? 0;
        if (node < 0) this.missingInputs++;
        if (node === message.base + row) this.ownInputs++;
      }
    }
    yield;
    const tables = { message, strings: this.#strings, shapes: this.#shapes, elements: this.#elements };
    yield* inChunks(message.nodes, NODES_A_STEP, (start, end) => {
      for (let row = start; row < end; row++) this.nodes.push(new GraphNode(message.base + row, tables));
    });
  }

  /** What was shown of the graph before may still be read. */
  #clear(): void {
    this.nodes.length = 0;
    this.missingInputs = this.ownInputs = 0;
    this.#strings = [];
    this.#shapes = [];
    this.#elements = [];
  }
}

function appendFrom<Entry>(base: number, entries: readonly Entry[], table: Entry[]): void {
  table.length = base;
  for (const entry of entries) table.push(entry);
}

/** Number of elements, as far as it is known. */
function elementsOf(shape: Shape): number {
  return shape === null ? 0 : shape.reduce((product, size) => product * Math.max(size, 1), 1);
}
