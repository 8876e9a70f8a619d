/** A slider over the recorded training steps. */

import { tr } from "../../language/language.ts";
import { setText } from "../../scalars/dom.ts";
import { make, makeButton } from "../controller/elements.ts";
import { type History, type Moment, placeOfStep } from "./history.ts";

export class Scrubber {
  readonly element = make("div", { class: "labext-steps", role: "group", "aria-label": tr("Recorded steps"), hidden: "" });
  readonly #runs = make("select", { "aria-label": tr("Training") });
  readonly #slider = make("input", { type: "range", min: "0", value: "0", "aria-label": tr("Recorded step") });
  readonly #now: HTMLButtonElement;
  readonly #text = make("output", {}, "");
  readonly #history: History;
  readonly #onMoment: (moment: Moment | null) => void;
  #shown: Moment | null = null;
  #drawn = "";

  /** `onMoment` is told what the reader looks at; null is the present. */
  constructor(history: History, onMoment: (moment: Moment | null) => void) {
    [this.#history, this.#onMoment] = [history, onMoment];
    this.#now = makeButton(tr("Now"), tr("Follow the newest step again"), () => this.#show(null));
    this.#slider.addEventListener("input", () => this.#show(this.#moments[Number(this.#slider.value)] ?? null));
    this.#runs.addEventListener("change", () => this.#show(this.#moments.at(-1) ?? null));
    this.element.append(this.#runs, this.#slider, this.#now, this.#text);
  }

  /** Follows a history that has grown; `present` is the newest step, recorded or not. */
  refresh(present: number | null): void {
    const step = this.#shown?.step ?? present;
    setText(this.#text, step === null ? tr("Now") : tr("step {step}", { step }));
    const runs = this.#history.runs;
    const chosen = this.#shown?.run ?? runs.at(-1);
    const moments = this.#history.of(chosen ?? 0);
    const place = this.#shown ? placeOfStep(moments, this.#shown.step) : moments.length - 1;
    // A control that is set, even to what it is, has the browser look at all forms of the page.
    const drawn = [runs.length, chosen, moments.length, place, this.#shown === null].join();
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    if (this.#runs.options.length !== runs.length) {
      this.#runs.replaceChildren(...runs.map((run, at) => make("option", { value: String(run) }, tr("run {number}", { number: at + 1 }))));
    }
    this.#runs.value = String(chosen);
    this.#runs.hidden = runs.length < 2;
    this.element.hidden = moments.length < 2;
    this.#slider.max = String(Math.max(moments.length - 1, 0));
    this.#slider.value = String(place);
    this.#now.disabled = this.#shown === null;
  }

  /** Goes to the recorded step at or before another; null goes to the present. */
  goTo(step: number | null): Moment | null {
    const moments = this.#moments;
    this.#shown = step === null ? null : (moments[placeOfStep(moments, step)] ?? null);
    return this.#shown;
  }

  get #moments(): readonly Moment[] {
    return this.#history.of(Number(this.#runs.value || 0));
  }

  #show(moment: Moment | null): void {
    this.#shown = moment;
    this.#onMoment(moment);
  }
}
