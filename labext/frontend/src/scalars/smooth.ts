/** TensorBoard's debiased exponential smoothing, continued as a curve grows. */

/**
 * The smoothed values of one curve at one weight.
 *
 * `last = weight * last + (1 - weight) * value`, begun at 0; shown is `last / (1 - weight ** n)`
 * with n the number of finite values so far, which takes the pull towards 0 out of the first ones.
 * Values that are not finite pass through and do not count.
 */
export class Smoothing {
  readonly weight: number;
  #smoothed: Float64Array = new Float64Array(0);
  #length = 0;
  #last = 0;
  #debias = 1;

  constructor(weight: number) {
    this.weight = weight;
  }

  /** Smooths the values that came since the last call; returns all smoothed values. */
  extendTo(values: Float64Array): Float64Array {
    if (values.length > this.#smoothed.length) {
      const grown = new Float64Array(Math.ceil(values.length * 1.25));
      grown.set(this.#smoothed);
      this.#smoothed = grown;
    }
    for (; this.#length < values.length; this.#length++) {
      this.#smoothed[this.#length] = this.#next(values[this.#length] ?? Number.NaN);
    }
    return this.#smoothed.subarray(0, this.#length);
  }

  #next(value: number): number {
    if (!Number.isFinite(value)) return value;
    this.#last = this.weight * this.#last + (1 - this.weight) * value;
    this.#debias *= this.weight;
    return this.#last / (1 - this.#debias);
  }
}

/** The smoothings of many curves, each kept for as long as its weight. */
export class Smoothings {
  readonly #byCurve = new Map<object, Smoothing>();

  /** Smooths the values that a curve got since the last call; returns all its smoothed values. */
  extend(curve: { readonly values: Float64Array }, weight: number): Float64Array {
    const known = this.#byCurve.get(curve);
    const current = known?.weight === weight ? known : new Smoothing(weight);
    this.#byCurve.set(curve, current);
    return current.extendTo(curve.values);
  }
}
