import assert from "node:assert/strict";
import test from "node:test";
import { graphOf } from "../model/graph_sample.ts";
import { buildTree } from "../scopes/tree.ts";
import { extract } from "./auxiliary.ts";
import { Consumers } from "./consumers.ts";
import { buildLevel } from "./level.ts";

function asideIn(text: string, included: string[] = [], excluded: string[] = []): string[] {
  const nodes = graphOf(text);
  const tree = buildTree(nodes);
  const level = buildLevel(tree.root, tree, nodes, Consumers.of(nodes));
  return [...extract(level, new Set(included), new Set(excluded)).auxiliary].map((index) => level.children[index]?.path ?? "");
}

/** No series folds them: every op type is another. */
const chain = (count: number): string => Array.from({ length: count }, (_, i) => `n${i} = Op${i}x(${i > 0 ? `n${i - 1}` : ""})`).join("\n");
const readers = (count: number, hub: string): string =>
  Array.from({ length: count }, (_, i) => `r${i} = Op${i}x(${hub}${i > 0 ? `, r${i - 1}` : ""})`).join("\n");

test("init, saver and summaries stand aside", () => {
  const text = "x = Placeholder()\ny = Neg(x)\ninit = NoOp(^y)\nsave/SaveV2 = SaveV2(y)\nmse = ScalarSummary(y)";
  assert.deepEqual(asideIn(text), ["save", "init", "mse"]);
});

test("what the user keeps stays, what the user removes goes", () => {
  const text = "x = Placeholder()\ny = Neg(x)\ninit = NoOp(^y)";
  assert.deepEqual(asideIn(text, ["init"]), []);
  assert.deepEqual(asideIn(text, [], ["y"]), ["y", "init"]);
});

test("a hub of a large scope stands aside", () => {
  assert.deepEqual(asideIn(`hub = Hub()\n${readers(45, "hub")}`), ["hub"]);
  assert.deepEqual(asideIn(chain(50)), []);
});

test("a scope that can be read whole keeps its hubs", () => {
  assert.deepEqual(asideIn(`hub = Hub()\n${readers(30, "hub")}`), []);
});

test("a variable that everything reads stays, and so does what it starts from", () => {
  const text = `start = RandomUniform()\nv = VariableV2()\nv/Assign = Assign(v, start)\nv/read = Identity(v)\n${readers(45, "v/read")}`;
  assert.deepEqual(asideIn(text), []);
});

test("a variable with nothing but an initializer stays in the main graph", () => {
  assert.deepEqual(asideIn("v = VariableV2()\nv/Assign = Assign(v)\ninit = NoOp(^v/Assign)"), ["init"]);
});

test("edges of what stands aside are kept for the selection", () => {
  const nodes = graphOf("x = Placeholder()\ninit = NoOp(^x)");
  const tree = buildTree(nodes);
  const split = extract(buildLevel(tree.root, tree, nodes, Consumers.of(nodes)), new Set(), new Set());
  assert.equal(split.drawn.length, 0);
  assert.equal(split.detached.length, 1);
});
