import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, nextSort, type Rank } from "./sort.ts";

const sorted = (ranks: readonly Rank[], isDescending: boolean): Rank[] =>
  ranks.toSorted((left, right) => compare(left, right, isDescending));

test("a head sorts down, then up, then not at all; another begins anew", () => {
  const down = nextSort(null, 1);
  assert.deepEqual(down, { column: 1, isDescending: true });
  const up = nextSort(down, 1);
  assert.deepEqual(up, { column: 1, isDescending: false });
  assert.equal(nextSort(up, 1), null);
  assert.deepEqual(nextSort(up, 2), { column: 2, isDescending: true });
});

test("numbers are sorted by size, infinity too, and NaN comes last either way", () => {
  const [nan, inf] = [Number.NaN, Number.POSITIVE_INFINITY];
  assert.deepEqual(sorted([nan, 2, 10, inf, -inf, inf], true), [inf, inf, 10, 2, -inf, nan]);
  assert.deepEqual(sorted([nan, 2, 10, inf, -inf], false), [-inf, 2, 10, inf, nan]);
});

test("names are sorted with their numbers by size", () => {
  assert.deepEqual(sorted(["run 10", "run 9", "mse"], false), ["mse", "run 9", "run 10"]);
});
