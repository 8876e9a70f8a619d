/** Keys that move the plot's window along the horizontal axis. */
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
