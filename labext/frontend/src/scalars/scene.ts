/** What is to be drawn: the lines, thinned to the pixels, and the ranges of both axes. */
import type { Axis, Curve } from "./curve.ts";
import { decimate, isDrawable, lowerBound, type Line, type Oddity, type Window } from "./decimate.ts";

const MARK_DISTANCE_PX = 12;
const LARGEST = 4e307;
const SMALLEST = 1e-290;

/** How the user wants to see the curves. */
export interface Settings {
  readonly axis: Axis;
  readonly isLogX: boolean;
  readonly isLogY: boolean;
  /** Weight of the past in the smoothed line; 0 is off. */
  readonly smoothing: number;
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
    const { line, oddities } = decimate(column, offset, curve.values, window);
    const smoothed = settings.smoothing > 0 ? decimate(column, offset, smooth(curve), window).line : null;
    return { curve, raw: line, smoothed, oddities: apart(oddities, window) };
  });
  return { x, y: zoom?.y ?? verticalRange(traces, settings.isLogY), traces };
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

function verticalRange(traces: readonly Trace[], isLog: boolean): Range {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { raw, smoothed } of traces) {
    for (const y of [...raw.y, ...(smoothed?.y ?? [])]) {
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
