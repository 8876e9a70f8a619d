/** The line above the graph that says what was run, what failed, and where a stepped run stands. */

import { make, makeButton } from "../controller/elements.ts";
import { operationOf, type RunState, type Stepping } from "./run_state.ts";

export interface RunBarActions {
  select(node: string): void;
  /** Moves a stepped run: by some nodes, to a number of evaluated nodes, or on to the next breakpoint. */
  stepBy(nodes: number): void;
  stepTo(position: number): void;
  runOn(): void;
}

export class RunBar {
  readonly element = make("div", { class: "labext-runs", hidden: "" });
  readonly #text = make("span");
  readonly #failure = make("div", { class: "labext-failure", role: "alert" });
  readonly #steps: StepButtons;
  readonly #actions: RunBarActions;

  constructor(actions: RunBarActions, scrubber: HTMLElement) {
    this.#actions = actions;
    this.#steps = new StepButtons(actions);
    this.element.append(this.#steps.element, scrubber, this.#text, this.#failure);
  }

  show(state: RunState): void {
    const { failure, stepping } = state;
    this.element.hidden = state.runs === 0 && failure === null && stepping === null;
    this.#text.textContent = stepping ? stepping.message : state.past ? `values of step ${state.past.step.toLocaleString("en-US")}` : describeRun(state);
    this.#failure.hidden = failure === null;
    this.#steps.show(stepping);
    if (failure === null) return;
    const { node, message } = failure;
    const go = node === null ? "" : makeButton(node, "Go to the node", () => this.#actions.select(node));
    this.#failure.replaceChildren(go, make("span", {}, message));
  }
}

class StepButtons {
  readonly element = make("div", { class: "labext-steps", role: "group", "aria-label": "Steps" });
  readonly #slider = make("input", { type: "range", min: "0", value: "0", "aria-label": "Evaluated nodes" });
  readonly #back: HTMLButtonElement;
  readonly #forward: HTMLButtonElement;
  readonly #onward: HTMLButtonElement;
  readonly #again: HTMLButtonElement;

  constructor(actions: RunBarActions) {
    this.#again = makeButton("|◀", "Back to the start", () => actions.stepTo(0));
    this.#back = makeButton("◀", "One node back", () => actions.stepBy(-1));
    this.#forward = makeButton("▶", "Evaluate one node", () => actions.stepBy(1));
    this.#onward = makeButton("▶|", "Run to the next breakpoint or to the end", () => actions.runOn());
    this.#slider.addEventListener("input", () => actions.stepTo(Number(this.#slider.value)));
    this.element.append(this.#again, this.#back, this.#forward, this.#onward, this.#slider);
  }

  show(stepping: Stepping | null): void {
    this.element.hidden = stepping === null;
    if (!stepping) return;
    this.#slider.max = String(stepping.total);
    this.#slider.value = String(stepping.position);
    this.#again.disabled = this.#back.disabled = stepping.position === 0;
    this.#forward.disabled = this.#onward.disabled = stepping.position >= stepping.total;
  }
}

/** One line: `run 12 · step 7 · 5 nodes · fed X, y · fetched mse`. */
export function describeRun({ runs, step, newest }: RunState): string {
  if (!newest) return "";
  const list = (names: readonly string[]): string => names.slice(0, 4).map(operationOf).join(", ") + (names.length > 4 ? ` and ${names.length - 4} more` : "");
  const parts = [`run ${runs.toLocaleString("en-US")}`];
  if (step !== null) parts.push(`step ${step.toLocaleString("en-US")}`);
  parts.push(`${newest.operations.length.toLocaleString("en-US")} ${newest.operations.length === 1 ? "node" : "nodes"} evaluated`);
  if (newest.feeds.length > 0) parts.push(`fed ${list(newest.feeds)}`);
  if (newest.fetches.length > 0) parts.push(`fetched ${list(newest.fetches)}`);
  return parts.join(" · ");
}
