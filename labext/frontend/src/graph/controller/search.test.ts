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

test("a broken pattern is plain text", () => {
  assert.deepEqual(find("("), []);
});

test("nothing is found for nothing", () => {
  assert.equal(search(tree, "").total, 0);
});
