import assert from "node:assert/strict";
import test from "node:test";
import { History, type Moment, placeOfStep } from "./history.ts";
import { RunState } from "./run_state.ts";

const moment = (run: number, step: number): Moment => ({ run, step, values: { "mse:0": { shape: [], mean: step, step, run } } });

test("moments come in batches and begin anew", () => {
  let changes = 0;
  const history = new History(() => changes++);
  history.apply({ firstRun: 0, stride: 1, moments: [moment(1, 0), moment(1, 2)] });
  history.apply({ firstRun: 0, stride: 1, moments: [moment(2, 0)] });
  assert.deepEqual([history.runs, history.of(1).length, changes], [[1, 2], 2, 2]);
  history.reset();
  history.apply({ firstRun: 0, stride: 1, moments: [moment(2, 4)] });
  assert.deepEqual(history.runs, [2]);
  // The end is told again without a header.
  history.apply({});
  assert.equal(changes, 3);
});

test("what is dropped in Python is dropped here", () => {
  const history = new History(() => undefined);
  history.apply({ firstRun: 0, stride: 1, moments: [moment(1, 0), moment(2, 0), moment(2, 1), moment(2, 2)] });
  history.apply({ firstRun: 2, stride: 2, moments: [moment(2, 4)] });
  assert.deepEqual(history.runs, [2]);
  assert.deepEqual(history.of(2).map(({ step }) => step), [0, 2, 4]);
});

test("a step that was not recorded means the one before", () => {
  const moments = [0, 10, 20].map((step) => moment(1, step));
  assert.deepEqual([-1, 0, 9, 10, 99].map((step) => placeOfStep(moments, step)), [0, 0, 0, 1, 2]);
});

test("values of a recorded step replace those of the present until the reader returns", () => {
  const state = new RunState();
  state.lookAt(moment(1, 7));
  assert.equal(state.values.get("mse:0")?.mean, 7);
  state.lookAt(null);
  assert.equal(state.values.size, 0);
});
