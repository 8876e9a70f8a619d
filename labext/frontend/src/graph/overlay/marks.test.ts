import assert from "node:assert/strict";
import test from "node:test";
import { INITIAL_STATE } from "../../protocol/view_state.ts";
import type { Direction } from "../../protocol/view_state.ts";
import { type Bounds, boundsOf, type DisplayItem } from "../displaylist/items.ts";
import { type Picture, PictureBuilder } from "../graph_picture.ts";
import { graphOf } from "../model/graph_sample.ts";
import { CAPTION_SIZE } from "../layout/glyphs.ts";
import { laidOver } from "../displaylist/items.ts";
import { rect } from "../displaylist/nodes.ts";
import { boxMarks, drawRuns, shortValue } from "./marks.ts";
import { describeRun } from "./run_bar.ts";
import { RunState, type ValueSummary } from "./run_state.ts";

const GRAPH = `
  w = Const() scalar
  x = Add(w, w) scalar
  y = Add(x, w) scalar
  loss/square = Mul(y, y) scalar
  loss/mse = Mean(loss/square) scalar
  gradients/mse_grad = Neg(loss/mse) scalar
  gradients/y_grad = Neg(gradients/mse_grad) scalar`;
const VALUE: ValueSummary = { shape: [], text: "0.5", min: 0.5, mean: 0.5, max: 0.5, step: 3, run: 1 };

const picture = (expanded: string[] = []): Picture => new PictureBuilder().build(graphOf(GRAPH), { ...INITIAL_STATE, expanded });
const texts = (items: readonly DisplayItem[]): string[] => items.flatMap((item) => (item.type === "text" ? [item.text] : []));

function told(change: object): RunState {
  const state = new RunState();
  const nothing = { kinds: {}, recent: [], runs: 0, step: null, values: {}, watched: [], failure: null };
  state.apply({ ...nothing, ...change });
  return state;
}

const FORWARD = { operations: ["w", "x", "y", "loss/square", "loss/mse"], feeds: [], fetches: ["loss/mse:0"] };
const SMALL = { operations: ["w", "x"], feeds: [], fetches: ["x:0"] };

test("nodes are counted over the runs and ordered by the newest", () => {
  const { marks } = told({ kinds: { 0: FORWARD, 1: SMALL }, recent: [[0, 2], [1, 1]], runs: 3 });
  assert.deepEqual(marks.get("w"), { count: 3, order: 1, isFed: false, isFetched: false });
  assert.deepEqual(marks.get("y"), { count: 2, order: 0, isFed: false, isFetched: false });
  assert.equal(marks.get("x")?.isFetched, true);
});

test("kinds told earlier are known later", () => {
  const state = told({ kinds: { 0: FORWARD }, recent: [[0, 1]], runs: 1 });
  state.apply({ kinds: {}, recent: [[0, 2]], runs: 2, step: 1, values: {}, watched: [], failure: null });
  assert.equal(state.marks.get("x")?.count, 2);
});

test("a closed scope stands for what was evaluated inside", () => {
  const state = told({ kinds: { 0: FORWARD }, recent: [[0, 1]], runs: 1 });
  const marks = [...boxMarks(picture(), state).values()];
  const loss = marks.find(({ box }) => box.item.path === "loss");
  assert.deepEqual([loss?.first, loss?.last, loss?.isFetched], [4, 5, true]);
  assert.ok(texts(drawRuns(picture(), state)).includes("4–5"));
});

test("gradients light up in a colour of their own", () => {
  const operations = ["gradients/mse_grad", "gradients/y_grad"];
  const state = told({ kinds: { 0: { operations, feeds: [], fetches: [] } }, recent: [[0, 1]], runs: 1 });
  const [mark] = boxMarks(picture(), state).values();
  assert.equal(mark?.isBackward, true);
  assert.ok(drawRuns(picture(["gradients"]), state).some((item) => item.type === "path" && item.stroke === "backward"));
});

test("a stale value carries its step", () => {
  const values = { "y:0": VALUE };
  const fresh = told({ kinds: { 0: FORWARD }, recent: [[0, 1]], runs: 1, values });
  const stale = told({ kinds: { 0: FORWARD }, recent: [[0, 1]], runs: 2, values });
  assert.ok(texts(drawRuns(picture(), fresh)).includes("0.50000"));
  assert.ok(texts(drawRuns(picture(), stale)).includes("0.50000  @ 3"));
});

test("a failed node is outlined, inside a closed scope the scope", () => {
  const state = told({ failure: { node: "loss/mse", message: "why" } });
  const scope = picture().list.targets.find(({ path }) => path === "loss");
  const outline = drawRuns(picture(), state).find((item) => item.type === "rect" && item.stroke === "failed");
  assert.ok(scope && outline);
  assert.ok(boundsOf(outline).x < scope.x && boundsOf(outline).width > scope.width);
});

test("the outline of a failed node hides none of its badges", () => {
  const items = drawRuns(picture(), told({ kinds: { 0: SMALL }, recent: [[0, 1]], runs: 1, failure: { node: "x", message: "why" } }));
  const ring = items.findIndex((item) => item.type === "rect" && item.stroke === "failed");
  const badge = items.findIndex((item) => item.type === "text" && item.text === "fetched");
  assert.ok(ring !== -1 && ring < badge);
});

test("what is run changes no box", () => {
  const before = picture();
  const boxes = JSON.stringify(before.list.targets);
  drawRuns(before, told({ kinds: { 0: FORWARD }, recent: [[0, 1]], runs: 1, values: { "y:0": VALUE } }));
  assert.equal(JSON.stringify(before.list.targets), boxes);
});

test("values in a few characters", () => {
  const base = { step: null, run: 1 };
  assert.equal(shortValue({ ...base, shape: [], text: "nan", nan: 1 }), "nan");
  assert.equal(shortValue({ ...base, shape: [], text: "10", min: 10, mean: 10, max: 10 }), "10");
  assert.equal(shortValue({ ...base, shape: [100], min: -1, mean: 0.25, max: 2, bins: [1, 2] }), "−1.00 … 2.00  ⌀ 0.250");
  const rows = { ...base, shape: [2, 3], text: "[[ 9., 10., 11.], [12., 13., 14.]]", min: 9, mean: 11.5, max: 14 };
  assert.equal(shortValue(rows), "9.00 … 14.0  ⌀ 11.5");
  assert.equal(shortValue(rows, 40), rows.text);
  assert.equal(shortValue({ ...base, shape: [9], nan: 9, infinite: 0 }), "9 NaN");
});

test("while stepping, values leave room for those of their neighbours", () => {
  const spread: ValueSummary = { shape: [100], min: -1, mean: 0.25, max: 2, bins: [1, 2], step: null, run: 1 };
  const stepping = { position: 2, total: 5, breakpoints: [], conditions: {}, current: "y", message: "" };
  const drawn = drawRuns(picture(), told({ runs: 1, values: { "x:0": spread, "y:0": spread, "loss/mse:0": spread }, stepping }));
  const values = texts(drawn).filter((text) => text.includes("⌀"));
  assert.deepEqual(values, ["⌀ 0.250", "−1.00 … 2.00  ⌀ 0.250"]);
});

test("a closed variable shows its value as a node does", () => {
  const graph = graphOf("theta = VariableV2() scalar\ntheta/Assign = Assign(theta) scalar\ntheta/read = Identity(theta) scalar");
  const built = new PictureBuilder().build(graph, { ...INITIAL_STATE, expanded: [] });
  assert.ok(texts(drawRuns(built, told({ runs: 1, values: { "theta:0": VALUE } }))).includes("0.50000"));
  const stepping = { position: 1, total: 2, breakpoints: [], conditions: {}, current: "theta", message: "" };
  assert.ok(texts(drawRuns(built, told({ runs: 1, values: { "theta:0": VALUE }, stepping }))).includes("0.50000"));
});

const LABELLED = `
  a = Neg() 50×1
  b = Square(a) 50×1
  c = Square(b) 50×1
  d = Add(c, a) 50×1`;
const CHAIN = { operations: ["a", "b", "c", "d"], feeds: [], fetches: [] };
const WIDE: ValueSummary = { shape: [50, 1], min: -1, mean: 0.25, max: 2, bins: [1, 2, 3, 4], step: 3, run: 1 };
const SEEN = { runs: 1, values: { "b:0": WIDE, "c:0": WIDE, "d:0": WIDE } };
const STEPPING = { position: 2, total: 4, breakpoints: [], conditions: {}, current: "c", message: "" };
const clash = (a: Bounds, b: Bounds): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const isSamePlace = (a: Bounds, b: Bounds): boolean => Math.abs(a.x + a.width / 2 - b.x - b.width / 2) < 0.1 && Math.abs(a.y + a.height / 2 - b.y - b.height / 2) < 0.1;

/** The labels of edges that are seen, as painted one over the other. */
function labelsIn(items: readonly DisplayItem[]): Bounds[] {
  return items.flatMap((item, at) => {
    if (item.type !== "text" || item.text !== "50×1" || item.size !== CAPTION_SIZE) return [];
    const isHidden = items.slice(at + 1).some((later) => later.type === "rect" && later.textSize !== undefined && isSamePlace(later, boundsOf(item)));
    return isHidden ? [] : [boundsOf(item)];
  });
}

function withRuns(direction: Direction, change: object): { before: Bounds[]; labels: Bounds[]; plates: Bounds[] } {
  const built = new PictureBuilder().build(graphOf(LABELLED), { ...INITIAL_STATE, direction });
  const drawn = drawRuns(built, told(change));
  const plates = drawn.filter((item) => item.type === "rect" && item.fill === "plate").map(boundsOf);
  return { before: labelsIn(built.list.items), labels: labelsIn([...built.list.items, ...drawn]), plates };
}

for (const direction of ["up", "down", "right"] as const) {
  for (const [name, change] of [
    ["watched", { ...SEEN, kinds: { 0: CHAIN }, recent: [[0, 1]] }],
    ["fetched", { ...SEEN, kinds: { 0: { ...CHAIN, fetches: ["b:0", "c:0"] } }, recent: [[0, 1]] }],
    ["not run", SEEN],
    ["stepping", { ...SEEN, stepping: STEPPING }],
  ] as const) {
    test(`no value covers a part of an edge's label (${direction}, ${name})`, () => {
      const { labels, plates } = withRuns(direction, change);
      assert.equal(plates.length, 3);
      for (const label of labels) assert.ok(!plates.some((plate) => clash(plate, label)), JSON.stringify(label));
    });
  }
}

test("values on the rims of boxes leave all labels in sight", () => {
  const { before, labels } = withRuns("up", { ...SEEN, values: { "b:0": VALUE, "c:0": VALUE, "d:0": VALUE } });
  assert.ok(labels.length >= 3);
  assert.deepEqual(labels, before);
});

test("the wire of a label that gives way goes through", () => {
  const built = new PictureBuilder().build(graphOf(LABELLED), { ...INITIAL_STATE });
  const drawn = drawRuns(built, told({ ...SEEN, kinds: { 0: { operations: ["c"], feeds: [], fetches: ["c:0"] } }, recent: [[0, 1]] }));
  assert.ok(drawn.some((item) => item.type === "rect" && item.textSize !== undefined));
  assert.ok(drawn.some((item) => item.type === "path" && item.stroke === "edge"));
});

test("a run in one line", () => {
  const kind = { operations: ["a", "b"], feeds: ["X:0", "y:0"], fetches: ["loss/mse:0"] };
  const state = told({ kinds: { 0: kind }, recent: [[0, 1]], runs: 12, step: 7 });
  assert.equal(describeRun(state), "run 12 · step 7 · 2 nodes evaluated · fed X, y · fetched loss/mse");
});

test("a picture grows with the values that hang below it", () => {
  const list = { width: 100, height: 50, items: [], targets: [] };
  const below = laidOver(list, [rect({ x: 20, y: 40, width: 30, height: 40 }, 0, "plate", null)]);
  assert.deepEqual([below.width, below.height, below.items.length], [100, 86, 1]);
});

test("malformed messages are left alone", () => {
  const state = new RunState();
  for (const header of [null, 3, {}, "x"]) state.apply(header);
  assert.equal(state.version, 0);
});
