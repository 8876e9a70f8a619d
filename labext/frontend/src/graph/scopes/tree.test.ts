import assert from "node:assert/strict";
import test from "node:test";
import { graphOf } from "../model/graph_sample.ts";
import { ancestorsOf, type Item, membersOf } from "./items.ts";
import { buildTree } from "./tree.ts";

function outline(item: Item): unknown[] {
  return item.children.map((child) => (child.kind === "op" ? child.label : { [`${child.kind} ${child.label}`]: outline(child) }));
}

test("names make scopes", () => {
  const { root } = buildTree(graphOf("a/b/x = Add()\na/y = Add()\nz = Add()"));
  assert.deepEqual(outline(root), [{ "scope a": [{ "scope b": ["x"] }, "y"] }, "z"]);
  assert.equal(root.size, 3);
});

test("an op that shares its name with a scope goes inside", () => {
  const tree = buildTree(graphOf("a = Add()\na/x = Mul()"));
  assert.deepEqual(outline(tree.root), [{ "scope a": ["(a)", "x"] }]);
  assert.equal(tree.get("a/(a)")?.node?.op, "Add");
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
  const item = buildTree(graphOf("a/b/x = Add()")).get("a/b/x");
  assert.ok(item);
  assert.deepEqual(ancestorsOf(item).map(({ path }) => path), ["a/b", "a"]);
});

test("a name with thousands of parts does not nest without end", () => {
  const deep = "a/".repeat(5000) + "x";
  const { root, itemOfNode } = buildTree(graphOf(`${deep} = Add()`));
  assert.equal(root.size, 1);
  assert.ok((itemOfNode[0]?.depth ?? Infinity) < 300);
});

test("a scope with too many children is cut into sections", () => {
  const names = Array.from({ length: 950 }, (_, i) => `main/${["add", "mul", "tanh"][i % 3]}.${i} = Op${i % 3}()`);
  const tree = buildTree(graphOf(names.join("\n")));
  const main = tree.get("main");
  assert.ok(main);
  assert.equal(main.size, 950);
  assert.equal(main.children.length, 10);
  assert.equal(main.children[9]?.label, "add.900 … mul.949");
  assert.deepEqual(main.children.map(({ kind }) => kind), Array.from({ length: 10 }, () => "section"));
  assert.deepEqual(ancestorsOf(tree.get("main/mul.949") ?? tree.root).map(({ path }) => path), ["main/[add.900…]", "main"]);
});

test("a million children never stand side by side", () => {
  const widest = (item: Item): number => Math.max(item.children.length, ...item.children.slice(0, 300).map(widest));
  const names = Array.from({ length: 40_000 }, (_, i) => `n${i}x = Op${i % 7}()`);
  assert.ok(widest(buildTree(graphOf(names.join("\n"))).root) <= 300);
});

test("sections follow the order in which nodes were made, ops and scopes alike", () => {
  const names = Array.from({ length: 500 }, (_, i) => (i % 2 === 0 ? `n${i}x = Op()` : `n${i}x/inside = Op()`));
  const { root } = buildTree(graphOf(names.join("\n")));
  assert.deepEqual(membersOf(root).map(({ label }) => label), names.map((_, i) => `n${i}x`));
  assert.deepEqual(root.children.map(({ label }) => label), ["n0x … n99x", "n100x … n199x", "n200x … n299x", "n300x … n399x", "n400x … n499x"]);
});
