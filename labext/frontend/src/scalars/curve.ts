/** One line of the plot: growing columns of steps, times and values. */
import { Extremes } from "./extremes.ts";

const FIRST_CAPACITY = 256;
const GROWTH = 1.1;

/** What runs along the horizontal axis. */
export type Axis = "step" | "relative" | "wall";

/** What is known of a curve besides its points. */
export interface CurveLabel {
  readonly tag: string;
  readonly run: string;
  /** Unix time at which the curve was opened; `seconds` count from here. */
  readonly startedS: number;
}

/** Keeps all points of a curve in arrival order, 16 bytes each and a third of one for extremes. */
export class Curve {
  readonly label: CurveLabel;
  length = 0;
  #steps = new Uint32Array(FIRST_CAPACITY);
  #seconds = new Float32Array(FIRST_CAPACITY);
  #values = new Float64Array(FIRST_CAPACITY);
  readonly #extremes = new Extremes();

  constructor(label: CurveLabel) {
    this.label = label;
  }

  get steps(): Uint32Array {
    return this.#steps.subarray(0, this.length);
  }

  get seconds(): Float32Array {
    return this.#seconds.subarray(0, this.length);
  }

  get values(): Float64Array {
    return this.#values.subarray(0, this.length);
  }

  /** Where the values of each block of them lie. */
  get extremes(): Extremes {
    return this.#extremes.extendTo(this.values);
  }

  append(step: number, second: number, value: number): void {
    this.extend(step, [second], [value]);
  }

  /** Adds the points of consecutive steps. */
  extend(step: number, seconds: ArrayLike<number>, values: ArrayLike<number>): void {
    const end = this.length + values.length;
    if (end > this.#values.length) this.#grow(end);
    for (let at = this.length; at < end; at++) this.#steps[at] = step + at - this.length;
    this.#seconds.set(seconds, this.length);
    this.#values.set(values, this.length);
    this.length = end;
  }

  /** The column along the axis and what to add to it. */
  along(axis: Axis): { readonly column: Uint32Array | Float32Array; readonly offset: number } {
    if (axis === "step") return { column: this.steps, offset: 0 };
    if (axis === "wall") return { column: this.seconds, offset: this.label.startedS };
    return { column: this.seconds, offset: -(this.seconds[0] ?? 0) };
  }

  #grow(least: number): void {
    const capacity = Math.max(least, Math.ceil(this.#values.length * GROWTH) + FIRST_CAPACITY);
    const steps = new Uint32Array(capacity);
    const seconds = new Float32Array(capacity);
    const values = new Float64Array(capacity);
    steps.set(this.#steps);
    seconds.set(this.#seconds);
    values.set(this.#values);
    [this.#steps, this.#seconds, this.#values] = [steps, seconds, values];
  }
}
