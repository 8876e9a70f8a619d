import assert from "node:assert/strict";
import test from "node:test";
import { graphOf } from "../model/graph_sample.ts";
import { ancestorsOf, buildTree, type Item } from "./tree.ts";

function outline(item: Item): unknown[] {
  return item.children.map((child) => (child.kind === "op" ? child.label : { [`${child.kind} ${child.label}`]: outline(child) }));
}

test("names make scopes", () => {
  const { root } = buildTree(graphOf("a/b/x = Add()\na/y = Add()\nz = Add()"));
  assert.deepEqual(outline(root), [{ "scope a": [{ "scope b": ["x"] }, "y"] }, "z"]);
  assert.equal(root.size, 3);
});

test("an op that shares its name with a scope goes inside", () => {
  const { root, byPath } = buildTree(graphOf("a = Add()\na/x = Mul()"));
  assert.deepEqual(outline(root), [{ "scope a": ["(a)", "x"] }]);
  assert.equal(byPath.get("a/(a)")?.node?.op, "Add");
});

test("a variable is one thing that opens to its parts", () => {
  const { root } = buildTree(graphOf("v/initial_value = Const()\nv = VariableV2()\nv/Assign = Assign(v, v/initial_value)\nv/read = Identity(v)"));
  assert.deepEqual(outline(root), [{ "variable v": ["initial_value", "(v)", "Assign", "read"] }]);
});

test("an op with nothing but constants under its name stays an op", () => {
  const { root, itemOfNode } = buildTree(graphOf("x = Placeholder()\nadd/y = Const()\nadd = Add(x, add/y)"));
  assert.deepEqual(outline(root), ["x", "add/y", "add"]);
  assert.equal(itemOfNode[1]?.path, "add/y");
});

test("ancestors run from the inside out, without the root", () => {
  const { byPath } = buildTree(graphOf("a/b/x = Add()"));
  const item = byPath.get("a/b/x");
  assert.ok(item);
  assert.deepEqual(ancestorsOf(item).map(({ path }) => path), ["a/b", "a"]);
});

test("a name with thousands of parts does not nest without end", () => {
  const deep = "a/".repeat(5000) + "x";
  const { root, itemOfNode } = buildTree(graphOf(`${deep} = Add()`));
  assert.equal(root.size, 1);
  assert.ok((itemOfNode[0]?.depth ?? Infinity) < 300);
});
