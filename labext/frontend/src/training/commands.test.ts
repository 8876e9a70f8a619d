import assert from "node:assert/strict";
import { mock, test } from "node:test";
import type { WidgetModel } from "../sync/model.ts";
import { Commands, PATIENCE_MS } from "./commands.ts";

function connected(): { sent: { id: number }[]; told: unknown[]; answer(content: unknown): void; commands: Commands; life: AbortController } {
  const [sent, told, life]: [{ id: number }[], unknown[], AbortController] = [[], [], new AbortController()];
  let answer: (content: unknown) => void = () => undefined;
  const model: WidgetModel = {
    get: () => undefined,
    set: () => undefined,
    save_changes: () => undefined,
    send: (content) => sent.push(content as { id: number }),
    on: (_event, callback) => (answer = callback),
    off: () => undefined,
  };
  const events = { onWaiting: (isWaiting: boolean) => told.push(isWaiting), onAnswer: (refusal: string) => told.push(refusal) };
  const commands = new Commands(model, events, life.signal);
  return { sent, told, answer: (content) => answer(content), commands, life };
}

test("each command has a number of its own", () => {
  const { sent, commands, life } = connected();
  commands.send({ do: "pause" });
  commands.send({ do: "stop" });
  assert.deepEqual(sent, [{ id: 1, command: { do: "pause" } }, { id: 2, command: { do: "stop" } }]);
  life.abort();
});

test("a command that stays unanswered is told, and so is its late answer", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { told, answer, commands } = connected();
  commands.send({ do: "pause" });
  mock.timers.tick(PATIENCE_MS);
  answer({ ack: 1, refusal: "" });
  mock.timers.reset();
  assert.deepEqual(told, [true, "", false]);
});

test("an answer in time stops the clock; other messages mean nothing", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { told, answer, commands } = connected();
  commands.send({ do: "speed", value: -1 });
  for (const content of [null, 3, {}, { ack: 9 }]) answer(content);
  answer({ ack: 1, refusal: "the speed must be positive" });
  mock.timers.tick(PATIENCE_MS);
  mock.timers.reset();
  assert.deepEqual(told, ["the speed must be positive", false]);
});
