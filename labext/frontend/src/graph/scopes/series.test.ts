import assert from "node:assert/strict";
import test from "node:test";
import { graphOf } from "../model/graph_sample.ts";
import { buildTree } from "./tree.ts";

const labels = (text: string, ungrouped: string[] = []): string[] => buildTree(graphOf(text), new Set(ungrouped)).root.children.map(({ label }) => label);
const ops = (names: readonly string[], op = "Add"): string => names.map((name) => `${name} = ${op}()`).join("\n");

const cases: readonly { readonly name: string; readonly graph: string; readonly expected: readonly string[] }[] = [
  { name: "the unnumbered first member joins", graph: ops(["add", "add_1", "add_2", "add_3", "add_4"]), expected: ["add … add_4"] },
  { name: "fewer than five stand apart", graph: ops(["add", "add_1", "add_2", "add_3"]), expected: ["add", "add_1", "add_2", "add_3"] },
  { name: "a stem may hold digits", graph: ops(["conv2d_1", "conv2d_2", "conv2d_3", "conv2d_4", "conv2d_5"]), expected: ["conv2d_1 … conv2d_5"] },
  { name: "numbers without a separator count", graph: ops(["h1", "h2", "h3", "h4", "h5"]), expected: ["h1 … h5"] },
  { name: "numbers after a dot count", graph: ops(["add.7", "add.8", "add.9", "add.10", "add.11"]), expected: ["add.7 … add.11"] },
  { name: "a gap ends a series", graph: ops(["a_1", "a_2", "a_3", "a_5", "a_6"]), expected: ["a_1", "a_2", "a_3", "a_5", "a_6"] },
  { name: "op types do not mix", graph: `${ops(["a_1", "a_2", "a_3"])}\n${ops(["a_4", "a_5"], "Mul")}`, expected: ["a_1", "a_2", "a_3", "a_4", "a_5"] },
];

for (const { name, graph, expected } of cases) {
  test(name, () => assert.deepEqual(labels(graph), expected));
}

test("scopes of equal structure fold, others do not", () => {
  const scopes = ["relu", "relu_1", "relu_2", "relu_3", "relu_4"];
  const equal = scopes.map((scope) => `${scope}/max = Maximum()\n${scope}/z = Add()`).join("\n");
  assert.deepEqual(labels(equal), ["relu … relu_4"]);
  assert.deepEqual(labels(`${equal}\nrelu/threshold = Const()`), scopes);
});

test("constants beside the members fold as well", () => {
  const adds = ["add", "add_1", "add_2", "add_3", "add_4"].map((name) => `${name}/y = Const()\n${name} = Add(${name}/y)`).join("\n");
  assert.deepEqual(labels(adds), ["add/y … add_4/y", "add … add_4"]);
});

test("a series can be ungrouped, and its path stays as it grows", () => {
  const five = ops(["add", "add_1", "add_2", "add_3", "add_4"]);
  const path = (graph: string): string | undefined => buildTree(graphOf(graph)).root.children[0]?.path;
  assert.equal(path(five), "add[*]");
  assert.equal(path(`${five}\nadd_5 = Add()`), "add[*]");
  assert.deepEqual(labels(five, ["add[*]"]), ["add", "add_1", "add_2", "add_3", "add_4"]);
});

test("a series of what was made in another order begins with its least number", () => {
  assert.deepEqual(labels(ops(["a_3", "a_1", "a_5", "a_2", "a_4"])), ["a_1 … a_5"]);
});

test("what may be in two series is in the longer one", () => {
  const layers = ["layer1", "layer2", "layer3", "layer4", "layer5"];
  const parts = ["layer1_1", "layer1_2", "layer1_3", "layer1_4", "layer1_5", "layer1_6"];
  assert.deepEqual(labels(ops([...layers, ...parts])), ["layer1 … layer1_6", "layer2", "layer3", "layer4", "layer5"]);
  assert.deepEqual(labels(ops([...layers, "layer6", "layer7", ...parts.slice(0, 4)])), ["layer1 … layer7", "layer1_1", "layer1_2", "layer1_3", "layer1_4"]);
});
