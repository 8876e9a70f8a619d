import assert from "node:assert/strict";
import { test } from "node:test";
import { Extremes } from "./extremes.ts";
import { decimate, lowerBound, upperBound, type Window } from "./decimate.ts";

const window = (from: number, to: number, columns: number, change: Partial<Window> = {}): Window => ({
  from,
  to,
  columns,
  isLogX: false,
  isLogY: false,
  ...change,
});
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test("every point is kept where there is room", () => {
  const xs = range(50);
  const { line } = decimate(xs, 0, xs.map((x) => x * x), window(0, 49, 100));
  assert.deepEqual(line.x, xs);
  assert.deepEqual(line.y, xs.map((x) => x * x));
});

test("each column keeps its extremes, its first and its last point, and nothing else", () => {
  const xs = range(10_000);
  const ys = xs.map((x) => Math.sin(x / 7) * (1 + ((x * 7919) % 101)));
  const { line } = decimate(xs, 0, ys, window(0, 9999, 100));
  assert.ok(line.x.length <= 4 * 101);
  for (let column = 0; column < 100; column++) {
    const mine = xs.filter((x) => Math.floor((x * 100) / 9999) === column);
    const drawn = line.x.filter((x) => Math.floor((x * 100) / 9999) === column);
    const valuesOf = (places: number[]): number[] => places.map((x) => ys[x] ?? 0);
    assert.equal(Math.min(...valuesOf(drawn)), Math.min(...valuesOf(mine)));
    assert.equal(Math.max(...valuesOf(drawn)), Math.max(...valuesOf(mine)));
    assert.equal(drawn[0], mine[0]);
    assert.equal(drawn.at(-1), mine.at(-1));
  }
});

test("a zoomed window is exact and takes one point beyond each edge", () => {
  const xs = range(10_000);
  const { line } = decimate(xs, 0, xs, window(500, 520, 100));
  assert.deepEqual(line.x, range(23).map((index) => index + 499));
});

test("the offset shifts places, not values", () => {
  const { line } = decimate([0, 1, 2], 100, [5, 6, 7], window(100, 102, 10));
  assert.deepEqual(line, { x: [100, 101, 102], y: [5, 6, 7] });
});

test("a run of NaN breaks the line and is marked at the last value before it", () => {
  const { line, oddities } = decimate([0, 1, 2, 3], 0, [1, Number.NaN, Number.NaN, 4], window(0, 3, 10));
  assert.deepEqual(line.y, [1, null, null, 4]);
  assert.deepEqual(oddities.map(({ x, y }) => [x, y]), [[1, 1], [2, 1]]);
});

test("infinity before any value has no place to be marked at", () => {
  const { oddities } = decimate([0, 1], 0, [Number.POSITIVE_INFINITY, 1], window(0, 1, 10));
  assert.deepEqual(oddities, [{ x: 0, value: Number.POSITIVE_INFINITY, y: null }]);
});

test("a logarithmic axis leaves out zero and below without marking it", () => {
  const { line, oddities } = decimate([0, 1, 2], 0, [1, 0, -3], window(0, 2, 10, { isLogY: true }));
  assert.deepEqual(line.y, [1, null, null]);
  assert.deepEqual(oddities, []);
});

test("logarithmic columns have equal ratios", () => {
  const xs = range(100_000).map((x) => x + 1);
  const { line } = decimate(xs, 0, xs, window(1, 100_000, 50, { isLogX: true }));
  assert.ok(line.x.filter((x) => x <= 100).length > line.x.length / 4);
});

test("extremes of blocks change nothing", () => {
  const count = 10_037;
  const odd = new Map([[0, Number.NaN], [63, Number.POSITIVE_INFINITY], [700, Number.NEGATIVE_INFINITY], [5000, 0], [5001, -2]]);
  const ys = Float64Array.from(range(count), (x) => odd.get(x) ?? (x > 2000 && x < 2300 ? Number.NaN : 1 + ((x * 7919) % 1009)));
  const growing = new Extremes();
  for (const part of [0, 63, 64, 3000, count]) growing.extendTo(ys.subarray(0, part));
  for (const isLogY of [false, true]) {
    for (const [from, to, columns] of [[0, count - 1, 20], [0, count - 1, 500], [1500, 6000, 7], [9990, count, 3]] as const) {
      const place = window(from, to, columns, { isLogY });
      assert.deepEqual(decimate(range(count), 0, ys, place, growing), decimate(range(count), 0, ys, place));
    }
  }
});

test("nothing in gives nothing out", () => {
  assert.deepEqual(decimate([], 0, [], window(0, 1, 10)), { line: { x: [], y: [] }, oddities: [] });
});

test("bounds of a sorted column", () => {
  const xs = [1, 2, 2, 2, 5];
  assert.deepEqual([0, 1, 2, 3, 9].map((x) => lowerBound(xs, x)), [0, 0, 1, 4, 5]);
  assert.deepEqual([0, 1, 2, 3, 9].map((x) => upperBound(xs, x)), [0, 1, 4, 4, 5]);
});
