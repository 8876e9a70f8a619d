/** Thins a curve to what the pixels can show: first, smallest, largest and last value per column. */

import { BLOCK, type Extremes } from "./extremes.ts";

/** A line to draw: `null` breaks it. */
export interface Line {
  readonly x: number[];
  readonly y: (number | null)[];
}

/** A value that no axis can show, at its place along the horizontal axis. */
export interface Oddity {
  readonly x: number;
  readonly value: number;
  /** The last value before it that can be drawn. */
  readonly y: number | null;
}

/** What of a curve falls into the window. */
export interface Window {
  readonly from: number;
  readonly to: number;
  /** Width in pixel columns. */
  readonly columns: number;
  /** Columns of equal ratio instead of equal difference. */
  readonly isLogX: boolean;
  /** Values at or below zero cannot be drawn. */
  readonly isLogY: boolean;
}

/** Columns must not decrease along `xs`; the result then keeps every extreme and every end of a gap. `extremes` are of `ys`. */
export function decimate(
  xs: ArrayLike<number>,
  offset: number,
  ys: ArrayLike<number>,
  window: Window,
  extremes: Extremes | null = null,
): { line: Line; oddities: Oddity[] } {
  // One point beyond each edge, so that the line leaves the picture in its true direction.
  const begin = Math.max(0, lowerBound(xs, window.from - offset) - 1);
  const end = Math.min(xs.length, upperBound(xs, window.to - offset) + 1);
  const line: Line = { x: [], y: [] };
  const oddities: Oddity[] = [];
  const isExact = end - begin <= 2 * window.columns;
  const column = columnOf(window);

  let index = begin;
  let lastDrawn: number | null = null;
  while (index < end) {
    const bucket = column((xs[index] ?? 0) + offset);
    const next = isExact ? index + 1 : endOf(bucket, xs, offset, column, index, end);
    let [lowest, highest, first, last, odd] = [-1, -1, -1, -1, -1];
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    // A million turns for each frame without extremes: no calls for a single value.
    while (index < next) {
      const block = extremes?.blockAt(index, next) ?? -1;
      if (extremes && block >= 0 && !(window.isLogY && (ys[extremes.lowest(block)] ?? 0) <= 0)) {
        if (extremes.odd(block) >= 0) odd = extremes.odd(block);
        if (first < 0) first = extremes.first(block);
        const [lowY, highY] = [ys[extremes.lowest(block)] ?? low, ys[extremes.highest(block)] ?? high];
        if (lowY < low) [low, lowest] = [lowY, extremes.lowest(block)];
        if (highY > high) [high, highest] = [highY, extremes.highest(block)];
        last = Math.max(last, extremes.last(block));
        index += BLOCK;
        continue;
      }
      const stop = Math.min(next, (Math.floor(index / BLOCK) + 1) * BLOCK);
      for (; index < stop; index++) {
        const y = ys[index] ?? Number.NaN;
        if (y - y !== 0 || (window.isLogY && y <= 0)) {
          odd = index;
          continue;
        }
        if (first < 0) first = index;
        if (y < low) {
          low = y;
          lowest = index;
        }
        if (y > high) {
          high = y;
          highest = index;
        }
        last = index;
      }
    }
    let kept = -1;
    for (const at of [first, Math.min(lowest, highest), Math.max(lowest, highest), last]) {
      if (at <= kept) continue;
      kept = at;
      line.x.push((xs[at] ?? 0) + offset);
      line.y.push((lastDrawn = ys[at] ?? 0));
    }
    if (odd >= 0) {
      const x = (xs[odd] ?? 0) + offset;
      const value = ys[odd] ?? Number.NaN;
      if (!Number.isFinite(value)) oddities.push({ x, value, y: lastDrawn });
      if (odd > last) {
        line.x.push(x);
        line.y.push(null);
      }
    }
  }
  return { line, oddities };
}

/** Where the points in the column of the one at `start` end, at most at `end`: in steps that double, then by halves. */
function endOf(bucket: number, xs: ArrayLike<number>, offset: number, column: (x: number) => number, start: number, end: number): number {
  let [low, step] = [start, 1];
  while (low + step < end && column((xs[low + step] ?? 0) + offset) === bucket) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, end);
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if (column((xs[middle] ?? 0) + offset) === bucket) low = middle;
    else high = middle;
  }
  return high;
}

/** Whether an axis can show the value. */
export function isDrawable(value: number, isLog: boolean): boolean {
  return Number.isFinite(value) && !(isLog && value <= 0);
}

/** First index whose value is at least `x`. */
export function lowerBound(xs: ArrayLike<number>, x: number): number {
  let [low, high] = [0, xs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((xs[middle] ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First index whose value is above `x`. */
export function upperBound(xs: ArrayLike<number>, x: number): number {
  let [low, high] = [0, xs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((xs[middle] ?? 0) <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

function columnOf({ from, to, columns, isLogX }: Window): (x: number) => number {
  if (!isLogX) {
    const scale = columns / (to - from || 1);
    return (x) => Math.floor((x - from) * scale);
  }
  const start = Math.log(from);
  const scale = columns / (Math.log(to) - start || 1);
  return (x) => (x > 0 ? Math.floor((Math.log(x) - start) * scale) : -1);
}
