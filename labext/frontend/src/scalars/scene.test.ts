import assert from "node:assert/strict";
import { test } from "node:test";
import { Curve } from "./curve.ts";
import { layOut, resized, shifted, type Scene, type Settings, type Zoom } from "./scene.ts";
import { Smoothing } from "./smooth.ts";

function curveOf(values: readonly number[]): Curve {
  const curve = new Curve({ tag: "mse", run: "run 1", startedS: 0 });
  values.forEach((value, step) => curve.append(step, step / 10, value));
  return curve;
}

function sceneOf(values: readonly number[], change: Partial<Settings> = {}, zoom: Zoom | null = null): Scene {
  const settings: Settings = { axis: "step", isLogX: false, isLogY: false, smoothing: 0, ignoresOutliers: false, ...change };
  const smooth = (curve: Curve): Float64Array => new Smoothing(settings.smoothing).extendTo(curve.values);
  return layOut([curveOf(values)], settings, zoom, 100, smooth);
}

test("all points are in view, with a margin above and below", () => {
  assert.deepEqual(sceneOf([0, 10, 5]).x, { from: 0, to: 2 });
  assert.deepEqual(sceneOf([0, 10, 5]).y, { from: -0.5, to: 10.5 });
});

test("the zoom is taken as it is", () => {
  const zoom = { x: { from: 1, to: 2 }, y: { from: 3, to: 4 } };
  const scene = sceneOf([0, 10, 5], {}, zoom);
  assert.deepEqual({ x: scene.x, y: scene.y }, zoom);
});

test("a logarithmic axis begins at the first place it can show", () => {
  assert.deepEqual(sceneOf([7, 6, 5, 4], { isLogX: true }).x, { from: 1, to: 3 });
  const { y } = sceneOf([100, 0, 1], { isLogY: true });
  assert.ok(y.from > 0.5 && y.from < 1 && y.to > 100 && y.to < 200);
});

test("a range never has zero width", () => {
  for (const values of [[], [0], [5], [-5], [5, 5], [Number.NaN], [1e-320], [1.7e308, -1.7e308]]) {
    for (const isLog of [false, true]) {
      for (const { from, to } of Object.values(sceneOf(values, { isLogX: isLog, isLogY: isLog }) as Pick<Scene, "x" | "y">).slice(0, 2)) {
        assert.ok(from < to && Number.isFinite(to - from), `${values} ${isLog} ${from} ${to}`);
      }
    }
  }
});

test("marks that would cover each other are left out", () => {
  const { traces } = sceneOf(Array.from({ length: 1000 }, () => Number.NaN));
  assert.ok((traces[0]?.oddities.length ?? 99) <= 9);
});

test("smoothing adds a second line", () => {
  assert.equal(sceneOf([1, 2]).traces[0]?.smoothed, null);
  assert.equal(sceneOf([1, 2], { smoothing: 0.5 }).traces[0]?.smoothed?.y[0], 1);
});

test("outliers lie outside when they are ignored, the other values inside", () => {
  const values = Array.from({ length: 100 }, (_, index) => (index === 40 ? 1e9 : index === 60 ? -1e9 : index));
  const { y } = sceneOf(values, { ignoresOutliers: true });
  assert.ok(y.from > -20 && y.from <= 5 && y.to >= 95 && y.to < 120);
  const { y: all } = sceneOf(values);
  assert.ok(all.to > 1e9 && all.from < -1e9);
});

test("a range moves and changes its width about its middle, on a logarithmic axis by ratios", () => {
  assert.deepEqual(shifted({ from: 0, to: 10 }, 0.5, false), { from: 5, to: 15 });
  assert.deepEqual(resized({ from: 0, to: 10 }, 0.5, false), { from: 2.5, to: 7.5 });
  const { from, to } = shifted({ from: 1, to: 100 }, 0.5, true);
  assert.ok(Math.abs(from - 10) < 1e-9 && Math.abs(to - 1000) < 1e-9);
});
