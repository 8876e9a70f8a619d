import assert from "node:assert/strict";
import test from "node:test";
import { INITIAL_STATE, readViewState } from "./view_state.ts";

test("what is not said stays as it starts", () => {
  assert.deepEqual(readViewState({}), INITIAL_STATE);
  assert.deepEqual(readViewState(null), INITIAL_STATE);
  assert.deepEqual(readViewState({ expanded: 3, direction: "sideways", viewport: { x: 1, y: 2, scale: 0 }, selected: {} }), INITIAL_STATE);
});

test("a state survives its way through JSON", () => {
  const state = { ...INITIAL_STATE, expanded: ["a", "a/b"], selected: "a/b/c", direction: "right" as const, viewport: { x: 1, y: -2, scale: 0.5 } };
  assert.deepEqual(readViewState(JSON.parse(JSON.stringify(state))), state);
});
