import assert from "node:assert/strict";
import test from "node:test";
import { finish, Memory, type Steps } from "./steps.ts";

function counting(): { readonly steps: () => Steps<string>; readonly done: () => number } {
  let done = 0;
  const steps = function* (): Steps<string> {
    for (; done < 10; done++) yield;
    return "ready";
  };
  return { steps, done: () => done };
}

test("what is known is not worked for again", () => {
  const memory = new Memory<string, string>();
  assert.equal(finish(memory.get("a", counting().steps)), "ready");
  const again = counting();
  assert.equal(finish(memory.get("a", again.steps)), "ready");
  assert.equal(again.done(), 0);
});

test("work that was given up half done is taken up where it stopped", () => {
  const memory = new Memory<string, string>();
  const { steps, done } = counting();
  const given = memory.get("a", steps);
  for (let step = 0; step < 5; step++) given.next();
  assert.equal(done(), 4);
  const anew = counting();
  assert.equal(finish(memory.get("a", anew.steps)), "ready");
  assert.deepEqual([done(), anew.done()], [10, 0]);
});

test("work that failed begins anew", () => {
  const memory = new Memory<string, string>();
  assert.throws(() => finish(memory.get("a", function* (): Steps<string> { throw new Error("no"); })), /no/);
  assert.equal(finish(memory.get("a", counting().steps)), "ready");
});
