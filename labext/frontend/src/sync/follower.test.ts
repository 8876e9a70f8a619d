import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Follower } from "./follower.ts";

let nowMs = 0;

beforeEach(() => {
  nowMs = 1234;
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(performance, "now", () => nowMs);
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

function wait(durationMs: number): void {
  for (let passed = 0; passed < durationMs; passed++) {
    nowMs++;
    mock.timers.tick(1);
  }
}

function follower(Kind = Follower): { shown: number[]; call: () => void; stop: () => void } {
  const shown: number[] = [];
  const one = new Kind(() => shown.push(nowMs));
  return { shown, call: () => one.call(), stop: () => one.stop() };
}

test("a call after a pause shows at once", () => {
  const { shown, call } = follower();
  call();
  wait(1000);
  call();
  assert.deepEqual(shown, [1234, 2234]);
});

test("in a fast loop the views of all widgets show at the same moments, and miss nothing", async () => {
  // Each widget brings a module of its own.
  const { Follower: Another } = (await import(`${import.meta.resolve("./follower.ts")}?other`)) as { Follower: typeof Follower };
  assert.notEqual(Another, Follower);
  for (const beginMs of [0, 11, 22, 33, 44]) {
    const [plot, graph] = [follower(), follower(Another)];
    wait(beginMs);
    for (let step = 0; step < 10; step++) {
      plot.call();
      wait(7);
      graph.call();
      wait(193);
    }
    assert.equal(plot.shown.length, 10);
    assert.deepEqual(graph.shown.slice(1), plot.shown.slice(1));
  }
});

test("who stops does not stop the others", () => {
  const [plot, graph] = [follower(), follower()];
  for (const one of [plot, graph, plot, graph]) one.call();
  plot.stop();
  wait(100);
  assert.deepEqual([plot.shown.length, graph.shown.length], [1, 2]);
});

test("many calls before a moment show once", () => {
  const { shown, call } = follower();
  for (let step = 0; step < 20; step++) call();
  wait(50);
  assert.equal(shown.length, 2);
});

test("nothing is shown once it was stopped", () => {
  const { shown, call, stop } = follower();
  call();
  call();
  stop();
  wait(1000);
  assert.equal(shown.length, 1);
});
