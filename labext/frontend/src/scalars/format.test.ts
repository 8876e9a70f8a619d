import assert from "node:assert/strict";
import { test } from "node:test";
import { formatDuration, formatTick, formatValue, withThousands } from "./format.ts";

const values: [number, string][] = [
  [0, "0"],
  [0.5243210, "0.5243"],
  [-0.25, "−0.2500"],
  [12.345678, "12.35"],
  [12345.6, "12,346"],
  [1.5e-7, "1.5e−7"],
  [3e9, "3e9"],
  [Number.NaN, "NaN"],
  [Number.POSITIVE_INFINITY, "∞"],
  [Number.NEGATIVE_INFINITY, "−∞"],
];
for (const [value, text] of values) test(`value ${value}`, () => assert.equal(formatValue(value), text));

const ticks: [number, string][] = [[0, "0"], [0.1 + 0.2, "0.3"], [20_000, "20,000"], [-5, "−5"], [1e-9, "1e−9"], [2e6, "2e6"]];
for (const [value, text] of ticks) test(`tick ${value}`, () => assert.equal(formatTick(value), text));

const durations: [number, string][] = [
  [0, "0 s"],
  [0.25, "250 ms"],
  [4.2, "4.2 s"],
  [60, "1 min"],
  [200, "3 min 20 s"],
  [7500, "2 h 5 min"],
  [3600, "1 h"],
];
for (const [seconds, text] of durations) test(`${seconds} s`, () => assert.equal(formatDuration(seconds), text));

test("thousands", () => {
  assert.deepEqual([999, 1000, 12_345, 1_234_567].map(withThousands), ["999", "1000", "12,345", "1,234,567"]);
});
