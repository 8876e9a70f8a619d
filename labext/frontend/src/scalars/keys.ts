/** Keys that move the plot's window and its cursor along the horizontal axis. */
import type { Axis, Curve } from "./curve.ts";
import { nearest } from "./legend.ts";
import { resized, shifted, type Zoom } from "./scene.ts";

/** What screen readers say of the chart's keys. */
export const CHART_KEYS =
  "Left and right arrow: cursor from point to point. Page up and down: earlier and later part. Plus and minus: closer and wider.";

const SHARE = 0.5;

/** The window after a key; null for a key that does not move it. */
export function windowFor(key: string, { x, y }: Zoom, isLogX: boolean): Zoom | null {
  if (key === "PageUp") return { x: shifted(x, -SHARE, isLogX), y };
  if (key === "PageDown") return { x: shifted(x, SHARE, isLogX), y };
  if (key === "+") return { x: resized(x, SHARE, isLogX), y };
  if (key === "-") return { x: resized(x, 1 / SHARE, isLogX), y };
  return null;
}

/** Where the cursor is on a curve after a key that moves it from point to point; null for any other key. */
export function placeFor({ key, shiftKey }: KeyboardEvent, curve: Curve, axis: Axis, from: number | null): number | null {
  const direction = key === "ArrowLeft" ? -1 : key === "ArrowRight" ? 1 : 0;
  if (direction === 0 || curve.length === 0) return null;
  const last = curve.length - 1;
  const at = from === null ? last : nearest(curve, axis, from) + direction * (shiftKey ? 10 : 1);
  const { column, offset } = curve.along(axis);
  return (column[Math.min(Math.max(at, 0), last)] ?? 0) + offset;
}
