import assert from "node:assert/strict";
import test from "node:test";
import { GraphModel } from "../graph/model/graph_model.ts";
import { decodeGraphMessage, MAGIC, PayloadError, SCHEMA } from "./payload.ts";

type Column = readonly [name: string, kind: "u1" | "u4" | "i4" | "f8", values: readonly number[]];

/** `a = Const; b = Neg(a)`, as `labext/payload.py` would write it. */
function columnsOf(strings = ["", "a", "b", "Const", "float32", "Neg"]): Column[] {
  const bytes = strings.map((text) => [...new TextEncoder().encode(text)]);
  const ends = bytes.reduce((sums, text) => [...sums, (sums.at(-1) ?? 0) + text.length], [0]);
  return [
    ["name", "u4", [1, 2]],
    ["op", "u4", [3, 5]],
    ["device", "u4", [0, 0]],
    ["attributes", "u4", [0, 0]],
    ["source", "u4", [0, 0]],
    ["inputEnds", "u4", [0, 0, 1]],
    ["inputNode", "i4", [0]],
    ["inputSlot", "i4", [0]],
    ["outputEnds", "u4", [0, 1, 2]],
    ["outputType", "u4", [4, 4]],
    ["outputShape", "u4", [1, 0]],
    ["shapeRank", "i4", [-1, 2]],
    ["shapeDims", "f8", [-1, 9]],
    ["stringEnds", "u4", ends],
    ["stringBytes", "u1", bytes.flat()],
  ];
}

const ARRAYS = { u1: Uint8Array, u4: Uint32Array, i4: Int32Array, f8: Float64Array } as const;

function messageOf(columns: readonly Column[], header: object = {}, schema = SCHEMA): Uint8Array {
  let offset = 0;
  const parts = columns.map(([, kind, values]) => new Uint8Array(new ARRAYS[kind](values).buffer));
  const sections = columns.map(([name, kind], index) => {
    const length = parts[index]?.length ?? 0;
    const section = [name, kind, offset, length];
    offset += length + ((8 - (length % 8)) % 8);
    return section;
  });
  const text = new TextEncoder().encode(JSON.stringify({ base: 0, nodes: 2, stringBase: 0, shapeBase: 0, ...header, sections }));
  const bytes = new Uint8Array(12 + text.length + offset);
  const view = new DataView(bytes.buffer);
  [MAGIC, schema, text.length].forEach((word, index) => view.setUint32(4 * index, word, true));
  bytes.set(text, 12);
  parts.forEach((part, index) => bytes.set(part, 12 + text.length + Number(sections[index]?.[2])));
  return bytes;
}

const replaced = (name: string, values: readonly number[]): Column[] => columnsOf().map((column) => (column[0] === name ? [name, column[1], values] : column));

test("a message becomes nodes", () => {
  const model = new GraphModel();
  model.append(decodeGraphMessage(messageOf(columnsOf())));
  const [a, b] = model.nodes;
  assert.deepEqual(a?.outputs, [{ type: "float32", shape: [-1, 9] }]);
  assert.deepEqual([b?.inputCount, b?.inputNode(0), b?.inputSlot(0)], [1, 0, 0]);
  assert.equal(b?.op, "Neg");
  assert.deepEqual(b?.outputs, [{ type: "float32", shape: null }]);
});

test("a message that begins at 0 replaces, one that leaves a gap is refused", () => {
  const model = new GraphModel();
  const message = decodeGraphMessage(messageOf(columnsOf()));
  model.append(message);
  model.append(message);
  assert.equal(model.nodes.length, 2);
  assert.throws(() => model.append({ ...message, base: 5 }), PayloadError);
});

test("names of any kind survive", () => {
  const model = new GraphModel();
  model.append(decodeGraphMessage(messageOf(columnsOf(["", "<b>ü</b>", "\u202e🙂", "Const", "float32", "Neg"]))));
  assert.deepEqual(model.nodes.map(({ name }) => name), ["<b>ü</b>", "\u202e🙂"]);
});

const refused: readonly (readonly [string, Uint8Array])[] = [
  ["nothing", new Uint8Array()],
  ["other bytes", new Uint8Array(64)],
  ["another schema", messageOf(columnsOf(), {}, SCHEMA + 1)],
  ["a cut header", messageOf(columnsOf()).slice(0, 40)],
  ["cut sections", messageOf(columnsOf()).slice(0, -8)],
  ["a missing column", messageOf(columnsOf().filter(([name]) => name !== "op"))],
  ["columns of different length", messageOf(replaced("op", [3]))],
  ["a text that is not there", messageOf(replaced("name", [1, 99]))],
  ["a shape that is not there", messageOf(replaced("outputShape", [1, 7]))],
  ["an input that is not there", messageOf(replaced("inputNode", [2]))],
  ["ranges out of order", messageOf(replaced("inputEnds", [0, 2, 1]))],
  ["ranges of the wrong length", messageOf(replaced("inputEnds", [0, 1]))],
  ["shapes cut short", messageOf(replaced("shapeRank", [-1, 3]))],
  ["a negative count", messageOf(columnsOf(), { nodes: -1 })],
];

for (const [name, bytes] of refused) {
  test(`refused: ${name}`, () => assert.throws(() => decodeGraphMessage(bytes), PayloadError));
}
