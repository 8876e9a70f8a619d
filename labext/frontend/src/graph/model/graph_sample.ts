/** Small graphs for tests, written as one line a node: `name = Op(input, input:1, ^control) shape`. */

import { CONTROL_SLOT, MISSING_NODE } from "../../protocol/payload.ts";
import { GraphModel } from "./graph_model.ts";
import type { GraphNode, Shape } from "./graph_node.ts";

/** @param attributesOf each node's attributes as JSON. */
export function graphOf(text: string, attributesOf: (name: string, index: number) => string = () => ""): GraphNode[] {
  const nodes = text.split("\n").map((line) => line.trim()).filter(Boolean).map(parse);
  const indexOf = new Map(nodes.map(({ name }, index) => [name, index]));
  const strings = ["", "float32"];
  const shapes: Shape[] = [null];
  const texts = (all: readonly string[]): Uint32Array => Uint32Array.from(all, (one) => strings.push(one) - 1);
  const inputs = nodes.flatMap((node) => node.inputs);
  const model = new GraphModel();
  model.append({
    base: 0,
    nodes: nodes.length,
    stringBase: 0,
    shapeBase: 0,
    name: texts(nodes.map(({ name }) => name)),
    op: texts(nodes.map(({ op }) => op)),
    device: new Uint32Array(nodes.length),
    attributes: texts(nodes.map(({ name }, index) => attributesOf(name, index))),
    source: new Uint32Array(nodes.length),
    inputEnds: endsOf(nodes.map((node) => node.inputs.length)),
    inputNode: Int32Array.from(inputs, ({ name }) => indexOf.get(name) ?? MISSING_NODE),
    inputSlot: Int32Array.from(inputs, ({ slot }) => slot),
    outputEnds: endsOf(nodes.map(() => 1)),
    outputType: new Uint32Array(nodes.length).fill(1),
    outputShape: Uint32Array.from(nodes, ({ shape }) => shapes.push(shape) - 1),
    strings,
    shapes,
  });
  return model.nodes;
}

function parse(line: string): { name: string; op: string; inputs: { name: string; slot: number }[]; shape: Shape } {
  const match = /^(\S+) = (\w+)\(([^)]*)\)\s*(\S+)?$/.exec(line);
  if (!match) throw new Error(`Not a node: ${line}`);
  const [, name = "", op = "", inputs = "", shape = ""] = match;
  return { name, op, inputs: inputs.split(",").map((input) => input.trim()).filter(Boolean).map(inputOf), shape: shapeOf(shape) };
}

function inputOf(text: string): { name: string; slot: number } {
  if (text.startsWith("^")) return { name: text.slice(1), slot: CONTROL_SLOT };
  const [name = "", slot = "0"] = text.split(":");
  return { name, slot: Number(slot) };
}

function endsOf(counts: readonly number[]): Uint32Array {
  let end = 0;
  return Uint32Array.from([0, ...counts], (count) => (end += count));
}

function shapeOf(text: string): Shape {
  if (text === "") return null;
  return text === "scalar" ? [] : text.split("×").map((size) => (size === "?" ? -1 : Number(size)));
}
