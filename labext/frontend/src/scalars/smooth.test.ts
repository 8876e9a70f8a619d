import assert from "node:assert/strict";
import { test } from "node:test";
import { Smoothing } from "./smooth.ts";

const smoothed = (weight: number, values: number[]): number[] => [
  ...new Smoothing(weight).extendTo(Float64Array.from(values)),
];

test("weight 0 returns the values", () => {
  assert.deepEqual(smoothed(0, [3, 1, 2]), [3, 1, 2]);
});

test("each smoothed value is the weighted mean of the values so far", () => {
  const [weight, values] = [0.6, [4, 2, 8, 1]];
  const expected = values.map((_value, last) => {
    const weights = values.slice(0, last + 1).map((_v, index) => weight ** (last - index));
    const total = weights.reduce((sum, each) => sum + each, 0);
    return weights.reduce((sum, each, index) => sum + each * (values[index] ?? 0), 0) / total;
  });
  smoothed(weight, values).forEach((value, index) => assert.ok(Math.abs(value - (expected[index] ?? 0)) < 1e-12));
});

test("a constant curve stays constant", () => {
  for (const value of smoothed(0.99, Array(200).fill(7))) assert.ok(Math.abs(value - 7) < 1e-9);
});

test("values that are not finite pass through and do not count", () => {
  const [first, nan, last] = smoothed(0.5, [1, Number.NaN, 3]);
  const [, without] = smoothed(0.5, [1, 3]);
  assert.equal(first, 1);
  assert.ok(Number.isNaN(nan));
  assert.equal(last, without);
});

test("a curve that grows is continued, not begun anew", () => {
  const values = Float64Array.from({ length: 100 }, (_, index) => Math.cos(index));
  const growing = new Smoothing(0.9);
  for (let length = 1; length <= 100; length++) growing.extendTo(values.subarray(0, length));
  assert.deepEqual(growing.extendTo(values), new Smoothing(0.9).extendTo(values));
});
