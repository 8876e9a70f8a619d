/** One node, read where it stands in the columns of its message: a graph has many, and a picture needs little of each. */

import { CONTROL_SLOT, type GraphMessage, MISSING_NODE } from "../../protocol/payload.ts";

/** Dimensions of a tensor, -1 where unknown; null when the rank is unknown. */
export type Shape = readonly number[] | null;

export interface NodeOutput {
  readonly type: string;
  readonly shape: Shape;
}

/** A message and the tables that it shares with others of its graph. */
export interface NodeTables {
  readonly message: GraphMessage;
  readonly strings: readonly string[];
  readonly shapes: readonly Shape[];
  /** By shape: how many elements a tensor of it has; unknown dimensions count as 1, unknown shapes as 0. */
  readonly elements: readonly number[];
}

export class GraphNode {
  readonly index: number;
  readonly name: string;
  readonly op: string;
  readonly inputCount: number;
  readonly #tables: NodeTables;
  readonly #firstInput: number;

  constructor(index: number, tables: NodeTables) {
    const { message, strings } = tables;
    const row = index - message.base;
    this.index = index;
    this.name = strings[message.name[row] ?? 0] ?? "";
    this.op = strings[message.op[row] ?? 0] ?? "";
    this.#tables = tables;
    this.#firstInput = message.inputEnds[row] ?? 0;
    this.inputCount = (message.inputEnds[row + 1] ?? 0) - this.#firstInput;
  }

  get device(): string {
    return this.#text("device");
  }

  /** JSON object of attribute texts, or empty. */
  get attributes(): string {
    return this.#text("attributes");
  }

  /** `file:line in function` that created the node, or empty. */
  get source(): string {
    return this.#text("source");
  }

  /** Index of the node that an input comes from, or MISSING_NODE. */
  inputNode(position: number): number {
    return this.#tables.message.inputNode[this.#firstInput + position] ?? MISSING_NODE;
  }

  /** Which output of that node it is, or CONTROL_SLOT. */
  inputSlot(position: number): number {
    return this.#tables.message.inputSlot[this.#firstInput + position] ?? 0;
  }

  isControlInput(position: number): boolean {
    return this.inputSlot(position) === CONTROL_SLOT;
  }

  get outputs(): NodeOutput[] {
    const { outputEnds, outputType } = this.#tables.message;
    const outputs: NodeOutput[] = [];
    const end = outputEnds[this.#row + 1] ?? 0;
    for (let at = outputEnds[this.#row] ?? 0; at < end; at++) {
      outputs.push({ type: this.#tables.strings[outputType[at] ?? 0] ?? "", shape: this.shapeOf(outputs.length) });
    }
    return outputs;
  }

  /** Shape of an output; null for one that the node does not have. */
  shapeOf(slot: number): Shape {
    return this.#tables.shapes[this.#shapeNumber(slot)] ?? null;
  }

  elementsOf(slot: number): number {
    return this.#tables.elements[this.#shapeNumber(slot)] ?? 0;
  }

  #shapeNumber(slot: number): number {
    const { outputEnds, outputShape } = this.#tables.message;
    const at = (outputEnds[this.#row] ?? 0) + slot;
    return at < (outputEnds[this.#row + 1] ?? 0) ? (outputShape[at] ?? 0) : -1;
  }

  get #row(): number {
    return this.index - this.#tables.message.base;
  }

  #text(column: "device" | "attributes" | "source"): string {
    const { message, strings } = this.#tables;
    return strings[message[column][this.#row] ?? 0] ?? "";
  }
}
