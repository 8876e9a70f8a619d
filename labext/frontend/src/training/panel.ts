/** The panel of a training loop: how far it is, and buttons to hold, step and stop it. */
import { tr } from "../language/language.ts";
import { element } from "../scalars/dom.ts";
import { withThousands } from "../scalars/format.ts";
import { listen, type WidgetModel } from "../sync/model.ts";
import { Commands } from "./commands.ts";
import style from "./style.css";

/** What Python tells of the loop. */
export interface TrainingStatus {
  readonly state: "running" | "pausing" | "paused" | "stepping" | "stopping" | "finished" | "stopped" | "failed";
  readonly step: number;
  readonly steps: number | null;
  readonly speed: number | null;
  readonly learningRate: number | null;
  readonly hasLearningRate: boolean;
  readonly message: string;
}

/** Steps a second at the slider's places; the last is full speed. */
const SPEEDS: readonly (number | null)[] = [1, 2, 5, 10, 20, 50, 100, 200, 500, null];

export class Panel {
  readonly root: HTMLElement;
  readonly #commands: Commands;
  readonly #status = element("span", { class: "gl-train-status" });
  readonly #progress = element("progress", { "aria-label": tr("Steps made") });
  readonly #notice = element("p", { class: "gl-train-notice", role: "alert", hidden: "" });
  readonly #hold: HTMLButtonElement;
  readonly #step: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  readonly #speed = element("input", { type: "range", min: "0", max: String(SPEEDS.length - 1), value: String(SPEEDS.length - 1), "aria-label": tr("Speed") });
  readonly #speedText = element("output", {}, tr("full speed"));
  readonly #rate = element("input", { type: "number", step: "any", min: "0", "aria-label": tr("Learning rate"), placeholder: tr("as built") });
  readonly #rateLabel = element("label", {}, tr("Learning rate"), this.#rate);
  #current: TrainingStatus | null = null;
  #isWaiting = false;
  #isGone = false;
  #refusal = "";

  constructor(model: WidgetModel, signal: AbortSignal) {
    this.#commands = new Commands(
      model,
      {
        onWaiting: (isWaiting) => this.#wait(isWaiting),
        onAnswer: (refusal) => this.#answer(refusal),
      },
      signal,
    );
    this.#hold = button(tr("Pause"), () => this.#commands.send({ do: isHeld(this.#current?.state) ? "resume" : "pause" }));
    this.#step = button(tr("Step"), () => this.#commands.send({ do: "step" }));
    this.#stop = button(tr("Stop"), () => this.#commands.send({ do: "stop" }));
    this.#speed.addEventListener("input", () => this.#chooseSpeed());
    this.#rate.addEventListener("change", () => this.#chooseRate());
    // The notebook keeps the browser from making a change of it.
    this.#rate.addEventListener("keydown", ({ key }) => key === "Enter" && this.#chooseRate());
    this.root = element(
      "section",
      { class: "gl-train", "aria-label": tr("Training") },
      element("style", {}, style),
      element("div", { class: "gl-train-row" }, this.#hold, this.#step, this.#stop, this.#progress, this.#status),
      element("div", { class: "gl-train-row" }, element("label", {}, tr("Speed"), this.#speed), this.#speedText, this.#rateLabel),
      this.#notice,
    );
    // The notebook parts a widget from its kernel when that is restarted or shut down.
    listen(model, "comm_live_update", () => this.#part(), signal);
  }

  show(status: TrainingStatus): void {
    this.#current = status;
    this.#isGone = false;
    this.#draw();
  }

  #draw(): void {
    const status = this.#current;
    if (!status) return;
    const { state, step, steps } = status;
    const isOver = this.#isGone || ["stopping", "finished", "stopped", "failed"].includes(state);
    this.#hold.textContent = tr(isHeld(state) ? "Resume" : "Pause");
    this.#hold.disabled = this.#step.disabled = this.#stop.disabled = this.#speed.disabled = this.#rate.disabled = isOver;
    this.#status.textContent = `${tr(this.#isGone ? "lost" : state)} · ${steps === null ? tr("step {step}", { step: withThousands(step) }) : tr("step {step} of {steps}", { step: withThousands(step), steps: withThousands(steps) })}`;
    this.#progress.hidden = steps === null;
    [this.#progress.max, this.#progress.value] = [Math.max(steps ?? 1, 1), step];
    this.#speedText.textContent = status.speed === null ? tr("full speed") : tr("{speed} steps/s", { speed: status.speed });
    if (document.activeElement !== this.#speed) this.#speed.value = String(placeOf(status.speed));
    this.#rateLabel.hidden = !status.hasLearningRate;
    if (document.activeElement !== this.#rate && status.learningRate !== null) this.#rate.value = String(status.learningRate);
    const notice = this.#isGone
      ? tr("The kernel was restarted or shut down: this training is gone. Run the cell again to train anew.")
      : this.#isWaiting
        ? tr("Waiting for the kernel: it obeys as soon as the running cell lets it.")
        : this.#refusal || status.message;
    this.#notice.textContent = notice;
    this.#notice.hidden = notice === "";
    Object.assign(this.root.dataset, { state: this.#isGone ? "gone" : state, step: String(step), waiting: String(this.#isWaiting) });
  }

  #chooseSpeed(): void {
    this.#commands.send({ do: "speed", value: SPEEDS[Number(this.#speed.value)] ?? null });
  }

  /** A change that Enter made is not made again when the field is left. */
  #chooseRate(): void {
    const value = this.#rate.valueAsNumber;
    if (value !== this.#current?.learningRate) this.#commands.send({ do: "learning_rate", value });
  }

  #wait(isWaiting: boolean): void {
    this.#isWaiting = isWaiting;
    this.#draw();
  }

  #answer(refusal: string): void {
    this.#refusal = refusal;
    this.#draw();
  }

  #part(): void {
    this.#isGone = true;
    this.#draw();
  }
}

function isHeld(state: TrainingStatus["state"] | undefined): boolean {
  return state === "pausing" || state === "paused" || state === "stepping";
}

function button(text: string, onClick: () => void): HTMLButtonElement {
  const made = element("button", { type: "button" }, text);
  made.addEventListener("click", onClick);
  return made;
}

function placeOf(speed: number | null): number {
  const place = SPEEDS.findIndex((one) => one !== null && speed !== null && one >= speed);
  return place < 0 ? SPEEDS.length - 1 : place;
}
