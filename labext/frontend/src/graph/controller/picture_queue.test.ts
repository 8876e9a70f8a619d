import assert from "node:assert/strict";
import test from "node:test";
import { pause, type Steps } from "../steps.ts";
import { PictureQueue } from "./picture_queue.ts";

const STEPS = 3;

test("on a page that never rests only what is likely to be wanted is prepared", async (context) => {
  Object.assign(globalThis, { requestIdleCallback: () => 0 });
  context.after(() => Object.assign(globalThis, { requestIdleCallback: undefined }));
  const done: string[] = [];
  function* steps(name: string): Steps<void> {
    for (let step = 0; step < STEPS; step++) {
      yield;
      done.push(name);
    }
  }
  const queue = new PictureQueue<string>();
  queue.prepare(steps("likely"), steps("rest"));
  for (let turn = 0; turn < 4 * STEPS; turn++) await pause();
  queue.stop();
  assert.deepEqual(done, Array<string>(STEPS).fill("likely"));
});
