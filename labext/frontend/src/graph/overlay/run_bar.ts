/** The line above the graph that says what was run, what failed, and where a stepped run stands. */

import { tr } from "../../language/language.ts";
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
    this.#text.textContent = stepping ? stepping.message : state.past ? tr("values of step {step}", { step: state.past.step }) : describeRun(state);
    this.#failure.hidden = failure === null;
    this.#steps.show(stepping);
    if (failure === null) return;
    const { node, message } = failure;
    const go = node === null ? "" : makeButton(node, tr("Go to the node"), () => this.#actions.select(node));
    this.#failure.replaceChildren(go, make("span", {}, message));
  }
}

class StepButtons {
  readonly element = make("div", { class: "labext-steps", role: "group", "aria-label": tr("Steps") });
  readonly #slider = make("input", { type: "range", min: "0", value: "0", "aria-label": tr("Evaluated nodes") });
  readonly #back: HTMLButtonElement;
  readonly #forward: HTMLButtonElement;
  readonly #onward: HTMLButtonElement;
  readonly #again: HTMLButtonElement;

  constructor(actions: RunBarActions) {
    this.#again = makeButton("|◀", tr("Back to the start"), () => actions.stepTo(0));
    this.#back = makeButton("◀", tr("One node back"), () => actions.stepBy(-1));
    this.#forward = makeButton("▶", tr("Evaluate one node"), () => actions.stepBy(1));
    this.#onward = makeButton("▶|", tr("Run to the next breakpoint or to the end"), () => actions.runOn());
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
  const list = (names: readonly string[]): string => names.slice(0, 4).map(operationOf).join(", ") + (names.length > 4 ? ` ${tr("and {count} more", { count: names.length - 4 })}` : "");
  const parts = [tr("run {number}", { number: runs })];
  if (step !== null) parts.push(tr("step {step}", { step: step }));
  const evaluated = newest.operations.length;
  parts.push(evaluated === 1 ? tr("1 node evaluated") : tr("{count} nodes evaluated", { count: evaluated }));
  if (newest.feeds.length > 0) parts.push(tr("fed {names}", { names: list(newest.feeds) }));
  if (newest.fetches.length > 0) parts.push(tr("fetched {names}", { names: list(newest.fetches) }));
  return parts.join(" · ");
}
