import assert from "node:assert/strict";
import { test } from "node:test";
import { subscribe, type Sink } from "./channel.ts";
import { Follower } from "./follower.ts";
import type { WidgetModel } from "./model.ts";

/** A model whose kernel side the test plays. */
class FakeModel implements WidgetModel {
  readonly sent: unknown[] = [];
  readonly #listeners = new Map<string, Set<(...args: unknown[]) => void>>();

  get(): unknown {
    return undefined;
  }
  set(): void {}
  save_changes(): void {}
  send(content: unknown): void {
    this.sent.push(content);
  }
  on(event: string, callback: (...args: unknown[]) => void): void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(callback));
  }
  off(event: string, callback: (...args: unknown[]) => void): void {
    this.#listeners.get(event)?.delete(callback);
  }
  receive(content: unknown, buffers: unknown = []): void {
    for (const listener of this.#listeners.get("msg:custom") ?? []) listener(content, buffers);
  }
}

class Numbers implements Sink {
  readonly items: number[] = [];

  reset(): void {
    this.items.length = 0;
  }
  apply(_header: unknown, [view]: readonly DataView[]): void {
    for (let at = 0; at < (view?.byteLength ?? 0); at++) this.items.push(view?.getUint8(at) ?? 0);
  }
}

function batch(since: number, items: readonly number[], epoch = 0): [unknown, DataView[]] {
  return [
    { channel: "data", epoch, since, upto: since + items.length, header: {} },
    [new DataView(Uint8Array.from(items).buffer)],
  ];
}

function connected(): { model: FakeModel; numbers: Numbers; life: AbortController } {
  const [model, numbers, life] = [new FakeModel(), new Numbers(), new AbortController()];
  subscribe(model, "data", numbers, life.signal);
  return { model, numbers, life };
}

test("a fresh page asks for everything", () => {
  assert.deepEqual(connected().model.sent, [{ channel: "data", epoch: 0, resync: 0 }]);
});

test("batches are handed on in order, repetitions once", () => {
  const { model, numbers } = connected();
  model.receive(...batch(0, [1, 2]));
  model.receive(...batch(2, [3]));
  model.receive(...batch(2, [3]));
  model.receive(...batch(0, [1, 2, 3, 4]));
  assert.deepEqual(numbers.items, [1, 2, 3, 4]);
});

test("a gap is asked for once and the answer heals it", () => {
  const { model, numbers } = connected();
  model.receive(...batch(0, [1]));
  model.receive(...batch(2, [3]));
  model.receive(...batch(3, [4]));
  assert.deepEqual(model.sent.slice(1), [{ channel: "data", epoch: 0, resync: 1 }]);
  model.receive(...batch(1, [2, 3, 4]));
  assert.deepEqual(numbers.items, [1, 2, 3, 4]);
});

test("a new epoch replaces what is there", () => {
  const { model, numbers } = connected();
  model.receive(...batch(0, [1, 2]));
  model.receive(...batch(0, [7], 1));
  assert.deepEqual(numbers.items, [7]);
});

test("the last batch of a moment shows what the others brought", () => {
  const [plot, graph, life, shown] = [new FakeModel(), new FakeModel(), new AbortController(), [] as string[]];
  for (const [name, model] of Object.entries({ plot, graph })) {
    const follower = new Follower(() => shown.push(name));
    follower.call();
    subscribe(model, "data", { reset: () => undefined, apply: () => follower.call() }, life.signal);
  }
  shown.length = 0;
  const place = { channel: "data", epoch: 0, since: 0, upto: 1 };
  plot.receive({ ...place, more: true });
  assert.deepEqual(shown, []);
  graph.receive({ ...place, more: false });
  assert.deepEqual(shown, ["plot", "graph"]);
  life.abort();
});

test("other channels and malformed messages are left alone", () => {
  const { model, numbers } = connected();
  for (const content of [null, 3, "data", {}, { channel: "other" }, { channel: "data", since: "0" }]) model.receive(content);
  assert.deepEqual(numbers.items, []);
});

test("after the end of its life nothing is taken", () => {
  const { model, numbers, life } = connected();
  life.abort();
  model.receive(...batch(0, [1]));
  assert.deepEqual(numbers.items, []);
});
