import assert from "node:assert/strict";
import { test } from "node:test";
import { linearTicks, logTicks, stepTicks, timeTicks } from "./ticks.ts";

test("linear ticks are round numbers without rounding noise", () => {
  assert.deepEqual(linearTicks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(linearTicks(0.48, 0.63, 4), [0.5, 0.55, 0.6]);
  assert.deepEqual(linearTicks(-3, 3, 3), [-2, 0, 2]);
  assert.deepEqual(linearTicks(2, 2, 4), [2]);
});

test("step ticks are whole", () => {
  assert.deepEqual(stepTicks(0, 2, 10), [0, 1, 2]);
  assert.deepEqual(stepTicks(0, 1000, 5), [0, 200, 400, 600, 800, 1000]);
});

test("log ticks are decades, with 2 and 5 between few of them", () => {
  assert.deepEqual(logTicks(1, 10_000, 6), [1, 10, 100, 1000, 10_000]);
  assert.deepEqual(logTicks(0.1, 10, 8), [0.1, 0.2, 0.5, 1, 2, 5, 10]);
  assert.deepEqual(logTicks(1e-12, 1, 4), [1e-12, 1e-9, 1e-6, 1e-3, 1]);
});

test("within a decade log ticks are linear", () => {
  assert.deepEqual(logTicks(0.5, 0.6, 4), [0.5, 0.55, 0.6].filter((tick) => linearTicks(0.5, 0.6, 4).includes(tick)));
});

test("time ticks are round in minutes and hours", () => {
  assert.deepEqual(timeTicks(0, 240, 4), [0, 60, 120, 180, 240]);
  assert.deepEqual(timeTicks(0, 0.4, 4), [0, 0.1, 0.2, 0.3, 0.4]);
});
