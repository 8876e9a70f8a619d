import assert from "node:assert/strict";
import test from "node:test";
import { graphOf } from "../model/graph_sample.ts";
import { buildTree } from "../scopes/tree.ts";
import { search } from "./search.ts";

const tree = buildTree(graphOf("a/x = Add()\na/y = MatMul()\nb = Neg()"));
const find = (query: string): string[] => search(tree, query).first.map(({ path }) => path);

test("names and op types are matched, case aside", () => {
  assert.deepEqual(find("matmul"), ["a/y"]);
  assert.deepEqual(find("^a"), ["a", "a/x", "a/y"]);
});

test("attributes are matched as name=value, after names", () => {
  const nodes = graphOf("rate = Const()\nx = Mul()\nrate_1 = Const()", (name) => (name === "x" ? "" : '{"dtype":"float32","value":"0.01"}'));
  const found = (query: string): string[] => search(buildTree(nodes), query).first.map(({ path }) => path);
  assert.deepEqual(found("value=0.01"), ["rate", "rate_1"]);
  assert.deepEqual(found("x|^dtype"), ["x", "rate", "rate_1"]);
});

test("a broken pattern is plain text", () => {
  assert.deepEqual(find("("), []);
});

test("nothing is found for nothing", () => {
  assert.equal(search(tree, "").total, 0);
});
