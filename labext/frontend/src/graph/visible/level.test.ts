import assert from "node:assert/strict";
import test from "node:test";
import { graphOf } from "../model/graph_sample.ts";
import { buildTree } from "../scopes/tree.ts";
import { Consumers } from "./consumers.ts";
import { buildLevel, type Level } from "./level.ts";

function levelOf(text: string, path: string): Level {
  const nodes = graphOf(text);
  const tree = buildTree(nodes);
  const scope = path === "" ? tree.root : tree.get(path);
  assert.ok(scope);
  return buildLevel(scope, tree, nodes, Consumers.of(nodes));
}

function edgesOf(level: Level): string[] {
  const name = (end: number): string => level.children[end]?.label ?? `${level.ports[end - level.children.length]?.side}:${level.ports[end - level.children.length]?.key}`;
  return level.edges.map((edge) => `${name(edge.from)} -> ${name(edge.to)} ${edge.kind} ${edge.count} ${edge.label}`.trim());
}

test("a duplicated input counts twice", () => {
  assert.deepEqual(edgesOf(levelOf("x = Placeholder() ?×9\nmul = Mul(x, x)", "")), ["x -> mul data 2 ?×9"]);
});

test("edges between scopes are bundled", () => {
  const text = "a/x = Add() 2\na/y = Add() 3\nb/u = Mul(a/x, a/y)\nb/v = Mul(a/x)";
  assert.deepEqual(edgesOf(levelOf(text, "")), ["a -> b data 3 2 tensors"]);
});

test("edges that cross a border pass through one port for each outer item and kind", () => {
  const text = "x = Placeholder() 2\na/u = Add(x) 2\na/v = Add(x, a/u) 2\nb/w = Mul(a/v, ^a/u)";
  const level = levelOf(text, "a");
  assert.deepEqual(edgesOf(level).sort(), ["in:x -> u data 1 2", "in:x -> v data 1 2", "u -> out:b control 1", "u -> v data 1 2", "v -> out:b data 1 2"]);
  assert.equal(level.ports.length, 3);
});

test("a port is named after the outer item at the level where both ends part", () => {
  const text = "x/deep/er/p = Placeholder()\na/b/c = Neg(x/deep/er/p)";
  assert.deepEqual(levelOf(text, "a/b").ports, [{ side: "in", kind: "data", key: "x" }]);
  assert.deepEqual(levelOf(text, "x/deep").ports, [{ side: "out", kind: "data", key: "a" }]);
});

test("writing to a variable is a reference edge", () => {
  const level = levelOf("v = VariableV2() 2\nc = Const() 2\nset = Assign(v, c)", "");
  assert.deepEqual(edgesOf(level), ["v -> set reference 1 2", "c -> set data 1 2"]);
});

test("inputs that name no node are left out", () => {
  assert.deepEqual(edgesOf(levelOf("y = Neg(nowhere)", "")), []);
});
