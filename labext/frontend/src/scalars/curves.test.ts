import assert from "node:assert/strict";
import { test } from "node:test";
import { Curves } from "./curves.ts";
import { csvOf, jsonOf } from "./download.ts";
import { nearest } from "./legend.ts";
import { summarise } from "./table.ts";

interface Point {
  readonly curve: number;
  readonly step: number;
  readonly second: number;
  readonly value: number;
}

/** Each point as a stretch of its own, at places that fit no column. */
function buffersOf(points: readonly Point[], Values: { from(numbers: number[]): Float32Array | Float64Array } = Float64Array): DataView[] {
  return [
    Uint32Array.from(points.flatMap(({ curve, step }) => [curve, step, 1])),
    Float32Array.from(points, (point) => point.second),
    Values.from(points.map((point) => point.value)),
  ].map((column) => {
    const message = new Uint8Array(column.byteLength + 1);
    message.set(new Uint8Array(column.buffer), 1);
    return new DataView(message.buffer, 1);
  });
}

function filled(points: readonly Point[]): Curves {
  const curves = new Curves();
  const labels = { 0: { tag: "mse", run: "run 1", startedS: 1000 }, 1: { tag: "=loss, b", run: "run 1", startedS: 2000 } };
  curves.apply({ curves: labels }, buffersOf(points));
  return curves;
}

const points: Point[] = [
  { curve: 0, step: 0, second: 0.5, value: 4 },
  { curve: 1, step: 0, second: 0.25, value: Number.NaN },
  { curve: 0, step: 1, second: 1.5, value: 3 },
  { curve: 0, step: 5, second: 2.5, value: 9 },
];

test("points go to their curves in order, and listeners hear of it", () => {
  const curves = new Curves();
  let calls = 0;
  const life = new AbortController();
  curves.onChange(() => calls++, life.signal);
  curves.apply({ curves: { 0: { tag: "mse", run: "run 1", startedS: 0 } } }, buffersOf(points));
  life.abort();
  curves.apply({}, buffersOf(points));
  assert.deepEqual([...(curves.all[0]?.values ?? [])], [4, 3, 9, 4, 3, 9]);
  assert.equal(calls, 1);
});

test("a stretch holds the points of consecutive steps, narrow where that is exact", () => {
  const curves = filled(points);
  const [, seconds, values] = buffersOf([7, 8, 9].map((step) => ({ curve: 0, step, second: step / 2, value: step / 4 })), Float32Array);
  assert.ok(seconds && values);
  curves.apply({}, [new DataView(Uint32Array.from([0, 7, 2, 1, 3, 1]).buffer), seconds, values]);
  assert.deepEqual(curves.all.map((curve) => [...curve.steps]), [[0, 1, 5, 7, 8], [0, 3]]);
  assert.deepEqual(curves.all.map((curve) => [...curve.values]), [[4, 3, 9, 1.75, 2], [Number.NaN, 2.25]]);
  assert.deepEqual([...(curves.all[0]?.seconds ?? [])], [0.5, 1.5, 2.5, 3.5, 4]);
});

test("a curve grows past its first capacity", () => {
  const many = Array.from({ length: 5000 }, (_, step) => ({ curve: 0, step, second: step, value: -step }));
  const [curve] = filled(many).all;
  assert.deepEqual([...(curve?.steps ?? [])], many.map(({ step }) => step));
  assert.equal(curve?.values.at(-1), -4999);
});

test("places along the three axes", () => {
  const [curve] = filled(points).all;
  const places = (["step", "relative", "wall"] as const).map((axis) => {
    const along = curve?.along(axis);
    return Array.from(along?.column ?? [], (place) => place + (along?.offset ?? 0));
  });
  assert.deepEqual(places, [[0, 1, 5], [0, 1, 2], [1000.5, 1001.5, 1002.5]]);
});

test("malformed batches change nothing", () => {
  const curves = filled(points);
  for (const header of [null, 3, {}, { curves: "no" }]) curves.apply(header, []);
  assert.equal(curves.pointCount, 4);
});

test("the nearest point along an axis", () => {
  const [curve] = filled(points).all;
  assert.ok(curve);
  assert.deepEqual([-3, 0.4, 0.6, 2.9, 3.1, 99].map((at) => nearest(curve, "step", at)), [0, 0, 1, 1, 2, 2]);
});

test("CSV holds every point; text is quoted, formulas are defused", () => {
  assert.equal(
    csvOf(filled(points).all),
    [
      "tag,run,step,wall_time,value",
      "mse,run 1,0,1000.5,4",
      "mse,run 1,1,1001.5,3",
      "mse,run 1,5,1002.5,9",
      "\"'=loss, b\",run 1,0,2000.25,NaN",
      "",
    ].join("\n"),
  );
});

test("JSON holds every point, NaN as text", () => {
  const [mse, loss] = JSON.parse(jsonOf(filled(points).all)) as { step: number[]; value: unknown[] }[];
  assert.deepEqual([mse?.step, mse?.value, loss?.value], [[0, 1, 5], [4, 3, 9], ["NaN"]]);
});

test("a summary finds the extremes and counts what is not finite", () => {
  const [mse, loss] = filled(points).all;
  assert.ok(mse && loss);
  assert.deepEqual(summarise(mse), {
    count: 3, first: 4, latest: 9, lowest: 3, lowestStep: 1, highest: 9, highestStep: 5, oddCount: 0,
  });
  assert.equal(summarise(loss).oddCount, 1);
});
