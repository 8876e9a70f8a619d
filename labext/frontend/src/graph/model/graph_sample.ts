/** Small graphs for tests, written as one line a node: `name = Op(input, input:1, ^control) shape`. */

import { CONTROL_SLOT, MISSING_NODE } from "../../protocol/payload.ts";
import type { GraphNode, Shape } from "./graph_model.ts";

export function graphOf(text: string): GraphNode[] {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  const parsed = lines.map((line) => {
    const match = /^(\S+) = (\w+)\(([^)]*)\)\s*(\S+)?$/.exec(line);
    if (!match) throw new Error(`Not a node: ${line}`);
    const [, name = "", op = "", inputs = "", shape = ""] = match;
    return { name, op, inputs: inputs.split(",").map((input) => input.trim()).filter(Boolean), shape };
  });
  const indexOf = new Map(parsed.map(({ name }, index) => [name, index]));
  return parsed.map(({ name, op, inputs, shape }, index) => ({
    index,
    name,
    op,
    device: "",
    attributes: "",
    source: "",
    inputs: inputs.map((input) => {
      if (input.startsWith("^")) return { node: indexOf.get(input.slice(1)) ?? MISSING_NODE, slot: CONTROL_SLOT };
      const [source = "", slot = "0"] = input.split(":");
      return { node: indexOf.get(source) ?? MISSING_NODE, slot: Number(slot) };
    }),
    outputs: [{ type: "float32", shape: shapeOf(shape) }],
  }));
}

function shapeOf(text: string): Shape {
  if (text === "") return null;
  return text === "scalar" ? [] : text.split("×").map((size) => (size === "?" ? -1 : Number(size)));
}
