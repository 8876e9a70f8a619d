import assert from "node:assert/strict";
import test from "node:test";
import { INITIAL_STATE, type ViewState } from "../protocol/view_state.ts";
import type { Box, Sheet } from "./displaylist/placement.ts";
import { type Picture, PictureBuilder } from "./graph_picture.ts";
import { graphOf } from "./model/graph_sample.ts";
import type { GraphNode } from "./model/graph_node.ts";
import type { Steps } from "./steps.ts";

const LINEAR = `
  X = Placeholder() ?×9
  theta/initial_value = Const() 9×1
  theta = VariableV2() 9×1
  theta/Assign = Assign(theta, theta/initial_value) 9×1
  theta/read = Identity(theta) 9×1
  model/predictions = MatMul(X, theta/read) ?×1
  loss/y = Placeholder() ?×1
  loss/error = Sub(model/predictions, loss/y) ?×1
  loss/square = Mul(loss/error, loss/error) ?×1
  loss/mse = Mean(loss/square) scalar
  train/gradients/mse_grad = Neg(loss/mse) scalar
  train/gradients/matmul_grad = MatMul(X, train/gradients/mse_grad) 9×1
  train/step = Assign(theta, train/gradients/matmul_grad) 9×1
  init = NoOp(^theta/Assign)`;

const ALL = ["theta", "model", "loss", "train", "train/gradients"];
const draw = (nodes: readonly GraphNode[], state: Partial<ViewState>): Picture => new PictureBuilder().build(nodes, { ...INITIAL_STATE, ...state });
const boxOf = (sheet: Sheet, path: string): Box => {
  const box = sheet.boxes.find(({ item }) => item.path === path);
  assert.ok(box, path);
  return box;
};
const placeOf = ({ item, x, y, width, height }: Box): string => `${item.path} ${x} ${y} ${width} ${height}`;
const isInside = (a: Box, b: Box): boolean => a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
const overlaps = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test("only the top level shows at first, init aside", () => {
  const { sheet } = draw(graphOf(LINEAR), {});
  assert.deepEqual(sheet.boxes.map(({ item }) => item.path).sort(), ["X", "init", "loss", "model", "theta", "train"]);
  assert.ok(boxOf(sheet, "init").isAuxiliary);
  assert.ok(boxOf(sheet, "init").x > boxOf(sheet, "loss").x);
});

for (const direction of ["up", "down", "right"] as const) {
  test(`open scopes hold their children, and siblings keep apart (${direction})`, () => {
    const { sheet } = draw(graphOf(LINEAR), { expanded: ALL, direction });
    for (const box of sheet.boxes) {
      const { parent } = box.item;
      if (parent?.parent) assert.ok(isInside(box, boxOf(sheet, parent.path)), box.item.path);
      assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= sheet.width && box.y + box.height <= sheet.height);
      for (const other of sheet.boxes) {
        if (other !== box && other.item.parent === parent) assert.ok(!overlaps(box, other), `${box.item.path} over ${other.item.path}`);
      }
    }
  });

  test(`data flows one way (${direction})`, () => {
    const { sheet } = draw(graphOf(LINEAR), { expanded: ["model"], direction });
    const [from, to] = [boxOf(sheet, "X"), boxOf(sheet, "loss")];
    if (direction === "up") assert.ok(from.y > to.y);
    if (direction === "down") assert.ok(from.y < to.y);
    if (direction === "right") assert.ok(from.x < to.x);
  });

  test(`an edge meets the same point of a rim outside and inside (${direction})`, () => {
    const { sheet } = draw(graphOf(LINEAR), { expanded: ALL, direction });
    const outside = sheet.wires.filter(({ from, to }) => from?.isOpen || to?.isOpen);
    const ends = new Set(sheet.wires.flatMap(({ route, from, to }) => [from ? null : route[0], to ? null : route.at(-1)]).map((point) => point && `${point.x} ${point.y}`));
    assert.ok(outside.length > 0);
    for (const { route, from, to } of outside) {
      for (const [point, box] of [[route[0], from], [route.at(-1), to]] as const) {
        if (box?.isOpen && point) assert.ok(ends.has(`${point.x} ${point.y}`), `${box.item.path} at ${point.x} ${point.y}`);
      }
    }
  });
}

test("a duplicated input is drawn twice", () => {
  const { sheet } = draw(graphOf("x = Placeholder() 2\nmul = Mul(x, x) 2"), {});
  assert.equal(new Set(sheet.wires.map(({ route }) => route.at(-1)?.x)).size, 2);
});

test("opening one scope leaves the layout of others as it was", () => {
  const builder = new PictureBuilder();
  const nodes = graphOf(LINEAR);
  const sizeOf = (expanded: string[]): number[] => {
    const { width, height } = boxOf(builder.build(nodes, { ...INITIAL_STATE, expanded }).sheet, "loss");
    return [width, height];
  };
  assert.deepEqual(sizeOf(["loss"]), sizeOf(["loss", "train", "theta"]));
});

test("what is pointed at is laid out beforehand, and then opens in fewer steps to the same picture", () => {
  const nodes = graphOf(LINEAR);
  const open = (path: string, prepare: (ahead: Steps<void>) => void): { readonly steps: number; readonly sheet: Sheet } => {
    const builder = new PictureBuilder();
    const closed = { ...INITIAL_STATE, expanded: ["train/gradients"] };
    prepare(builder.aheadAt(builder.build(nodes, closed), closed, path));
    const opening = builder.steps(nodes, { ...closed, expanded: [...closed.expanded, path] });
    for (let steps = 0; ; steps++) {
      const step = opening.next();
      if (step.done) return { steps, sheet: step.value.sheet };
    }
  };
  for (const path of ["train", "model"]) {
    const late = open(path, () => undefined);
    const prepared = open(path, (ahead) => {
      for (let steps = 0; steps < late.steps; steps++) ahead.next();
    });
    assert.ok(prepared.steps < late.steps, `${path}: ${prepared.steps} steps and ${late.steps}`);
    assert.deepEqual(prepared.sheet.boxes.map(placeOf), late.sheet.boxes.map(placeOf));
    assert.deepEqual(prepared.sheet.wires.map(({ route }) => route), late.sheet.wires.map(({ route }) => route));
  }
});

test("the graph may grow: what is open stays open", () => {
  const builder = new PictureBuilder();
  builder.build(graphOf("a/x = Neg()"), { ...INITIAL_STATE, expanded: ["a"] });
  builder.invalidate();
  const { sheet } = builder.build(graphOf("a/x = Neg()\na/y = Neg(a/x)\nb/z = Neg(a/y)"), { ...INITIAL_STATE, expanded: ["a"] });
  assert.ok(boxOf(sheet, "a").isOpen);
  assert.ok(boxOf(sheet, "a/y"));
});

test("cycles, missing inputs and an empty graph are drawn", () => {
  assert.equal(draw([], {}).sheet.boxes.length, 0);
  assert.equal(draw(graphOf("a = Merge(b, nowhere)\nb = NextIteration(a)\nc = Neg(c)"), {}).sheet.boxes.length, 3);
});
