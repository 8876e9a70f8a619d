/** The flat graph: nodes, their inputs and outputs, as tables that grow with each message. */

import { CONTROL_SLOT, type GraphMessage, MISSING_NODE, PayloadError } from "../../protocol/payload.ts";
import { finish, type Steps } from "../steps.ts";

/** Dimensions of a tensor, -1 where unknown; null when the rank is unknown. */
export type Shape = readonly number[] | null;

export interface NodeInput {
  /** Index of the producing node, or MISSING_NODE. */
  readonly node: number;
  /** Which output of that node, or CONTROL_SLOT. */
  readonly slot: number;
}

export interface NodeOutput {
  readonly type: string;
  readonly shape: Shape;
}

export interface GraphNode {
  readonly index: number;
  readonly name: string;
  readonly op: string;
  readonly device: string;
  /** JSON object of attribute texts, or empty. */
  readonly attributes: string;
  /** `file:line in function` that created the node, or empty. */
  readonly source: string;
  readonly inputs: readonly NodeInput[];
  readonly outputs: readonly NodeOutput[];
}

const NODES_A_STEP = 2000;

export class GraphModel {
  readonly nodes: GraphNode[] = [];
  /** Inputs that name nodes the graph does not hold. */
  missingInputs = 0;
  #strings: string[] = [];
  #shapes: Shape[] = [];
  readonly #singleOutputs = new Map<number, readonly NodeOutput[]>();

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
    this.#strings.length = message.stringBase;
    for (const text of message.strings) this.#strings.push(text);
    this.#shapes.length = message.shapeBase;
    for (const shape of message.shapes) this.#shapes.push(shape);
    for (let row = 0; row < message.nodes; row++) {
      if (row % NODES_A_STEP === NODES_A_STEP - 1) yield;
      this.nodes.push(this.#nodeAt(message, row));
    }
  }

  #clear(): void {
    this.nodes.length = 0;
    this.missingInputs = 0;
    this.#singleOutputs.clear();
    this.#strings = [];
    this.#shapes = [];
  }

  #nodeAt(message: GraphMessage, row: number): GraphNode {
    const text = (column: Uint32Array): string => this.#strings[column[row] ?? 0] ?? "";
    const inputs: NodeInput[] = [];
    for (let at = message.inputEnds[row] ?? 0; at < (message.inputEnds[row + 1] ?? 0); at++) {
      const node = message.inputNode[at] ?? MISSING_NODE;
      if (node < 0) this.missingInputs++;
      inputs.push({ node, slot: message.inputSlot[at] ?? 0 });
    }
    return {
      index: this.nodes.length,
      name: text(message.name),
      op: text(message.op),
      device: text(message.device),
      attributes: text(message.attributes),
      source: text(message.source),
      inputs,
      outputs: this.#outputsAt(message, row),
    };
  }

  /** Most nodes have one output, of a type and shape that many have. */
  #outputsAt(message: GraphMessage, row: number): readonly NodeOutput[] {
    const [start, end] = [message.outputEnds[row] ?? 0, message.outputEnds[row + 1] ?? 0];
    const [type, shape] = [message.outputType[start] ?? 0, message.outputShape[start] ?? 0];
    const key = end - start === 1 ? type * 2 ** 26 + shape : -1;
    const known = this.#singleOutputs.get(key);
    if (known) return known;
    const outputs: NodeOutput[] = [];
    for (let at = start; at < end; at++) {
      outputs.push({ type: this.#strings[message.outputType[at] ?? 0] ?? "", shape: this.#shapes[message.outputShape[at] ?? 0] ?? null });
    }
    if (key >= 0) this.#singleOutputs.set(key, outputs);
    return outputs;
  }
}

export function isControl(input: NodeInput): boolean {
  return input.slot === CONTROL_SLOT;
}
