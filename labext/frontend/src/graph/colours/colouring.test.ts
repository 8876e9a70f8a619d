import assert from "node:assert/strict";
import test from "node:test";
import { INITIAL_STATE, type ViewState } from "../../protocol/view_state.ts";
import type { GraphNode } from "../model/graph_node.ts";
import { graphOf } from "../model/graph_sample.ts";
import { finish } from "../steps.ts";
import { Scene } from "../visible/scene.ts";
import { attributeNames, type Colouring, colouringOf } from "./colouring.ts";
import { isTraced, traceFrom } from "./trace.ts";

const sceneOf = (nodes: readonly GraphNode[]): Scene => finish(Scene.steps(nodes, new Set()));
const colour = (scene: Scene, state: Partial<ViewState>): Colouring | null => colouringOf(scene, { ...INITIAL_STATE, ...state }, scene.tree.root.children);
const roles = (scene: Scene, colouring: Colouring | null): unknown[] => scene.tree.root.children.map((item) => colouring?.roleOf(item) ?? null);

test("scopes of equal structure share a hue, a lone one has none", () => {
  const scene = sceneOf(graphOf("a/x = Add()\na/y = Mul(a/x)\nb/x = Add()\nb/y = Mul(b/x)\nc/z = Neg()\nd = Add()"));
  assert.deepEqual(roles(scene, colour(scene, { colourBy: "structure" })), ["hue0", "hue0", null, null]);
});

test("ops are coloured by type, a scope by what most of it is", () => {
  const scene = sceneOf(graphOf("a/x = Add()\na/y = Add()\na/z = Mul()\nb = Mul()\nc = Add()"));
  const colouring = colour(scene, { colourBy: "op" });
  assert.deepEqual(roles(scene, colouring), ["hue0", "hue1", "hue0"]);
  assert.deepEqual(colouring?.legend.map(({ text }) => text), ["Add (3)", "Mul (2)"]);
});

test("numbers become heat, added up over a scope", () => {
  const scene = sceneOf(graphOf("a/x = Add()\na/y = Add()\nb = Mul()\nc = Neg()"));
  assert.deepEqual(roles(scene, colour(scene, { colourBy: "values", values: { "a/x": 5, "a/y": 5, b: 1 } })), ["heat4", "heat0", null]);
});

test("the scale ends at what is coloured: a scope that is open is not", () => {
  const scene = sceneOf(graphOf("a/x = Add()\na/y = Add()\na/z = Neg()"));
  const shown = scene.tree.root.children.flatMap((item) => [item, ...item.children]);
  const colouring = colouringOf(scene, { ...INITIAL_STATE, colourBy: "values", values: { "a/x": 5, "a/y": 10 } }, shown);
  assert.deepEqual(shown.slice(1).map((item) => colouring?.roleOf(item)), ["heat2", "heat4", null]);
  assert.equal(colouring?.legend.at(-1)?.text, "8 to 10");
});

test("an attribute colours, as number or as text", () => {
  const nodes = graphOf("a = Add()\nb = Mul()\nc = Neg()", (_, at) => JSON.stringify({ flops: `${at}00`, side: at < 2 ? "left" : "right" }));
  const scene = sceneOf(nodes);
  assert.deepEqual(roles(scene, colour(scene, { colourBy: "attribute flops" })), ["heat0", "heat2", "heat4"]);
  assert.equal(colour(scene, { colourBy: "attribute flops" })?.title, "flops");
  assert.deepEqual(roles(scene, colour(scene, { colourBy: "attribute side" })), ["hue0", "hue0", "hue1"]);
  assert.deepEqual(attributeNames(nodes), ["flops", "side"]);
});

test("one changed op shows through its scopes", () => {
  const nodes = graphOf("a/b/x = Add()\na/b/y = Add()\nc = Add()", (_, at) => JSON.stringify({ difference: at === 0 ? "added" : "same" }));
  const scene = sceneOf(nodes);
  assert.deepEqual(roles(scene, colour(scene, { colourBy: "attribute difference" })), ["changed", "opFill"]);
});

test("unknown ways to colour leave the glyphs alone", () => {
  const scene = sceneOf(graphOf("a = Add()"));
  assert.equal(colour(scene, { colourBy: "nonsense" }), null);
  assert.equal(colour(scene, {}), null);
});

test("a trace goes all the way, to one side", () => {
  const scene = sceneOf(graphOf("x = Placeholder()\na/y = Neg(x)\nz = Neg(a/y)\nother = Neg(x)"));
  const traced = (path: string, side: "inputs" | "outputs"): string[] => {
    const item = scene.tree.get(path);
    assert.ok(item);
    const marks = traceFrom(item, side, scene);
    return scene.tree.root.children.filter((child) => isTraced(child, marks)).map((child) => child.path);
  };
  assert.deepEqual(traced("z", "inputs"), ["a", "x", "z"]);
  assert.deepEqual(traced("a", "outputs"), ["a", "z"]);
});
