import assert from "node:assert/strict";
import { test } from "node:test";
import { judge, type Verdict } from "./position.ts";

const cases: [string, [number, number], [number, number, number], Verdict][] = [
  ["the next stretch", [0, 5], [0, 5, 9], "append"],
  ["the first stretch", [0, 0], [0, 0, 3], "append"],
  ["a stretch the page has", [0, 5], [0, 2, 5], "skip"],
  ["the end again", [0, 5], [0, 5, 5], "skip"],
  ["an end beyond what the page has", [0, 5], [0, 7, 7], "gap"],
  ["everything again, with news", [0, 5], [0, 0, 9], "replace"],
  ["everything again, without news", [0, 5], [0, 0, 5], "skip"],
  ["a stretch after a hole", [0, 5], [0, 7, 9], "gap"],
  ["a stretch that begins inside", [0, 5], [0, 3, 9], "gap"],
  ["a new epoch from its start", [0, 5], [1, 0, 2], "replace"],
  ["a new epoch from its middle", [0, 5], [1, 2, 4], "gap"],
  ["a late stretch of an old epoch", [2, 5], [1, 5, 9], "skip"],
];

for (const [name, [epoch, length], [itsEpoch, since, upto], verdict] of cases) {
  test(`${name}: ${verdict}`, () => {
    assert.equal(judge({ epoch, length }, { epoch: itsEpoch, since, upto }), verdict);
  });
}
