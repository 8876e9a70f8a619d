/** What a growing column of values comes down to in blocks, so that a frame need not read all values again. */

/** Values in a block: few enough that a pixel's column holds whole ones, enough that reading blocks is fast. */
export const BLOCK = 64;
const [FIRST, LOWEST, HIGHEST, LAST, ODD] = [0, 1, 2, 3, 4];
const WIDTH = 5;
const FIRST_CAPACITY = 64;

/** Indices of the first, lowest, highest and last finite value of each whole block, and of its last other one; -1 for none. */
export class Extremes {
  #places = new Int32Array(WIDTH * FIRST_CAPACITY);
  #count = 0;

  /** Reads the blocks that have become whole since the last call. */
  extendTo(values: Float64Array): this {
    const count = Math.floor(values.length / BLOCK);
    if (WIDTH * count > this.#places.length) {
      const grown = new Int32Array(WIDTH * Math.ceil(count * 1.25));
      grown.set(this.#places);
      this.#places = grown;
    }
    for (; this.#count < count; this.#count++) this.#read(values, this.#count);
    return this;
  }

  /** The block that begins at `index` and ends before `end`, or -1 if there is none. */
  blockAt(index: number, end: number): number {
    const block = index / BLOCK;
    return Number.isInteger(block) && block < this.#count && index + BLOCK <= end ? block : -1;
  }

  first(block: number): number {
    return this.#place(block, FIRST);
  }

  lowest(block: number): number {
    return this.#place(block, LOWEST);
  }

  highest(block: number): number {
    return this.#place(block, HIGHEST);
  }

  last(block: number): number {
    return this.#place(block, LAST);
  }

  odd(block: number): number {
    return this.#place(block, ODD);
  }

  #place(block: number, which: number): number {
    return this.#places[WIDTH * block + which] ?? -1;
  }

  #read(values: Float64Array, block: number): void {
    let [first, lowest, highest, last, odd] = [-1, -1, -1, -1, -1];
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let index = block * BLOCK; index < (block + 1) * BLOCK; index++) {
      const value = values[index] ?? Number.NaN;
      if (value - value !== 0) {
        odd = index;
        continue;
      }
      if (first < 0) first = index;
      if (value < low) [low, lowest] = [value, index];
      if (value > high) [high, highest] = [value, index];
      last = index;
    }
    this.#places.set([first, lowest, highest, last, odd], WIDTH * block);
  }
}
