/** What is to be drawn: the lines, thinned to the pixels, and the ranges of both axes. */
import type { Axis, Curve } from "./curve.ts";
import { decimate, isDrawable, lowerBound, upperBound, type Line, type Oddity, type Window } from "./decimate.ts";

const MARK_DISTANCE_PX = 12;
const LARGEST = 4e307;
const SMALLEST = 1e-290;
// TensorBoard's: the smallest and the largest twentieth of the values may lie outside.
const OUTLYING = 0.05;
const LARGEST_SAMPLE = 4000;

/** How the user wants to see the curves. */
export interface Settings {
  readonly axis: Axis;
  readonly isLogX: boolean;
  readonly isLogY: boolean;
  /** Weight of the past in the smoothed line; 0 is off. */
  readonly smoothing: number;
  /** Fits the vertical axis to all but the most extreme values. */
  readonly ignoresOutliers: boolean;
}

/** A range of an axis, `from` below `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The part that the user has zoomed to. */
export interface Zoom {
  readonly x: Range;
  readonly y: Range;
}

/** A curve as it is drawn. */
export interface Trace {
  readonly curve: Curve;
  readonly raw: Line;
  readonly smoothed: Line | null;
  readonly oddities: readonly Oddity[];
}

/** Everything that a painter needs. */
export interface Scene {
  readonly x: Range;
  readonly y: Range;
  readonly traces: readonly Trace[];
}

/** Gives a curve's smoothed values. */
export type Smooth = (curve: Curve) => Float64Array;

/** Lays out the curves over `columns` pixel columns. */
export function layOut(
  curves: readonly Curve[],
  settings: Settings,
  zoom: Zoom | null,
  columns: number,
  smooth: Smooth,
): Scene {
  const x = zoom?.x ?? horizontalRange(curves, settings);
  const window = { ...x, columns, isLogX: settings.isLogX, isLogY: settings.isLogY };
  const traces = curves.map((curve): Trace => {
    const { column, offset } = curve.along(settings.axis);
    const { line, oddities } = decimate(column, offset, curve.values, window, curve.extremes);
    const smoothed = settings.smoothing > 0 ? decimate(column, offset, smooth(curve), window).line : null;
    return { curve, raw: line, smoothed, oddities: apart(oddities, window) };
  });
  const values = settings.ignoresOutliers
    ? [middleOf(curves, settings, window, smooth)]
    : traces.flatMap(({ raw, smoothed }) => (smoothed ? [raw.y, smoothed.y] : [raw.y]));
  return { x, y: zoom?.y ?? verticalRange(values, settings.isLogY), traces };
}

/** The range moved by a share of its width. */
export function shifted(range: Range, share: number, isLog: boolean): Range {
  const [from, to] = isLog ? [Math.log(range.from), Math.log(range.to)] : [range.from, range.to];
  const by = (to - from) * share;
  return isLog ? { from: Math.exp(from + by), to: Math.exp(to + by) } : { from: from + by, to: to + by };
}

/** Leaves out marks that would cover each other. */
function apart(oddities: readonly Oddity[], { from, to, columns, isLogX }: Window): Oddity[] {
  const place = (x: number): number => (isLogX ? Math.log(x / from) / Math.log(to / from) : (x - from) / (to - from));
  let lastPx = Number.NEGATIVE_INFINITY;
  return oddities.filter(({ x }) => {
    const px = place(x) * columns;
    if (!(px - lastPx >= MARK_DISTANCE_PX)) return false;
    lastPx = px;
    return true;
  });
}

/** The range made narrower or wider about its middle. */
export function resized(range: Range, factor: number, isLog: boolean): Range {
  const half = (1 - factor) / 2;
  return { from: shifted(range, half, isLog).from, to: shifted(range, -half, isLog).to };
}

function horizontalRange(curves: readonly Curve[], { axis, isLogX }: Settings): Range {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const curve of curves) {
    if (curve.length === 0) continue;
    const { column, offset } = curve.along(axis);
    const first = isLogX ? lowerBound(column, Number.MIN_VALUE - offset) : 0;
    if (first === column.length) continue;
    from = Math.min(from, (column[first] ?? 0) + offset);
    to = Math.max(to, (column[column.length - 1] ?? 0) + offset);
  }
  if (from > to) return isLogX ? { from: 1, to: 10 } : { from: 0, to: 1 };
  if (from < to) return { from, to };
  return isLogX ? { from: from / 2, to: to * 2 } : { from: from - 0.5, to: to + 0.5 };
}

/** The quantiles between which most values in the window lie; of the smoothed ones where there are such. */
function middleOf(curves: readonly Curve[], { axis, smoothing }: Settings, window: Window, smooth: Smooth): number[] {
  const sample = curves.flatMap((curve) => {
    const { column, offset } = curve.along(axis);
    const inView = (smoothing > 0 ? smooth(curve) : curve.values).subarray(
      lowerBound(column, window.from - offset),
      upperBound(column, window.to - offset),
    );
    const stride = Math.ceil(inView.length / LARGEST_SAMPLE);
    return Array.from({ length: Math.floor(inView.length / (stride || 1)) }, (_, index) => inView[index * stride] ?? 0);
  });
  const sorted = sample.filter((value) => isDrawable(value, window.isLogY)).sort((left, right) => left - right);
  const last = sorted.length - 1;
  return last < 0 ? [] : [sorted[Math.floor(OUTLYING * last)] ?? 0, sorted[Math.ceil((1 - OUTLYING) * last)] ?? 0];
}

function verticalRange(columns: readonly (readonly (number | null)[])[], isLog: boolean): Range {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of columns) {
    for (const y of values) {
      if (y === null || !isDrawable(y, isLog)) continue;
      from = Math.min(from, y);
      to = Math.max(to, y);
    }
  }
  if (from > to) return isLog ? { from: 0.1, to: 10 } : { from: 0, to: 1 };
  // Values that no double can scale by are left to the edges.
  const within = (y: number): number => Math.min(LARGEST, Math.max(isLog ? SMALLEST : -LARGEST, y));
  [from, to] = [within(from), within(to)];
  if (isLog) {
    const margin = (to / from) ** 0.05;
    return from < to ? { from: from / margin, to: to * margin } : { from: from / 2, to: to * 2 };
  }
  const margin = to - from > SMALLEST ? (to - from) * 0.05 : from === 0 ? 0.5 : Math.max(Math.abs(from) * 0.1, SMALLEST);
  return { from: from - margin, to: to + margin };
}
