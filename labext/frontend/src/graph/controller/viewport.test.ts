import assert from "node:assert/strict";
import test from "node:test";
import { anchored, areNamesShown, fit, isCovered, pan, readableAt, reveal, toSheet, toView, zoomAt } from "./viewport.ts";

const VIEW = { width: 400, height: 300 };

test("a sheet is fitted into the middle", () => {
  const viewport = fit({ width: 4000, height: 1000 }, [{ x: 0, y: 0, ...VIEW }]);
  const centre = toView(viewport, { x: 2000, y: 500 });
  assert.ok(Math.abs(centre.x - 200) < 1e-9 && Math.abs(centre.y - 150) < 1e-9);
  assert.ok(toView(viewport, { x: 0, y: 0 }).x >= 0);
});

test("a sheet is fitted beside what covers the view, or above it, where it is larger", () => {
  const parts = [{ x: 0, y: 0, width: 400, height: 200 }, { x: 150, y: 0, width: 250, height: 300 }];
  const middleOf = (width: number, height: number): string => {
    const { x, y } = toView(fit({ width, height }, parts), { x: width / 2, y: height / 2 });
    return `${Math.round(x)} ${Math.round(y)}`;
  };
  assert.equal(middleOf(4000, 1000), "200 100");
  assert.equal(middleOf(500, 1000), "275 150");
});

test("zooming keeps what lies under the pointer", () => {
  const before = { x: 10, y: 20, scale: 0.7 };
  const pointer = { x: 123, y: 45 };
  const [a, b] = [toSheet(before, pointer), toSheet(zoomAt(before, pointer, 1.7), pointer)];
  assert.ok(Math.abs(a.x - b.x) < 1e-9 && Math.abs(a.y - b.y) < 1e-9);
});

test("panning moves by pixels of the view", () => {
  assert.deepEqual(pan({ x: 0, y: 0, scale: 2 }, 10, -20), { x: -5, y: 10, scale: 2 });
});

test("an anchor puts a place of the sheet under a place of the view", () => {
  assert.deepEqual(toView(anchored({ x: 0, y: 0, scale: 2 }, { x: 50, y: 60 }, { x: 7, y: 8 }), { x: 50, y: 60 }), { x: 7, y: 8 });
});

test("a box is covered if it would fit into the free part and is not all in it", () => {
  const viewport = { x: 0, y: 0, scale: 1 };
  const free = { width: 400, height: 200 };
  assert.equal(isCovered({ x: 0, y: 150, width: 50, height: 50 }, viewport, free), false);
  assert.equal(isCovered({ x: 0, y: 160, width: 50, height: 50 }, viewport, free), true);
  assert.equal(isCovered({ x: 0, y: 160, width: 50, height: 500 }, viewport, free), false);
});

test("revealing moves only what is needed", () => {
  const viewport = { x: 0, y: 0, scale: 1 };
  assert.deepEqual(reveal(viewport, VIEW, { x: 100, y: 100, width: 50, height: 20 }), viewport);
  assert.deepEqual(reveal(viewport, VIEW, { x: 500, y: 100, width: 50, height: 20 }), { x: 174, y: 0, scale: 1 });
});

test("a box that is read first leaves room for what follows it", () => {
  const box = { x: 10_000, y: 5000, width: 80, height: 40 };
  const placeIn = (direction: "up" | "down" | "right"): string => {
    const viewport = readableAt(box, VIEW, direction);
    assert.ok(areNamesShown(viewport));
    const { x, y } = toView(viewport, { x: 10_040, y: 5020 });
    return `${Math.round(x)} ${Math.round(y)}`;
  };
  assert.equal(placeIn("up"), "200 240");
  assert.equal(placeIn("down"), "200 60");
  assert.equal(placeIn("right"), "80 150");
});
