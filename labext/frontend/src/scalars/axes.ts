/** Marks and labels of the two axes, for the screen and for the picture alike. */
import { type Message, tr } from "../language/language.ts";
import type { Axis } from "./curve.ts";
import { formatClock, formatDuration, formatTick } from "./format.ts";
import type { Range } from "./scene.ts";
import { linearTicks, logTicks, stepTicks, timeTicks } from "./ticks.ts";

const TITLES: Record<Axis, Message> = { step: "step", relative: "time since start", wall: "time of day" };

/** What stands beside the horizontal axis. */
export function horizontalTitle(axis: Axis): string {
  return tr(TITLES[axis]);
}

/** Places of the marks along the horizontal axis. */
export function horizontalTicks(axis: Axis, range: Range, isLog: boolean, count: number): number[] {
  if (isLog) return logTicks(range.from, range.to, count);
  const ticksOf = axis === "step" ? stepTicks : timeTicks;
  return ticksOf(range.from, range.to, count);
}

/** Text of a mark along the horizontal axis. */
export function horizontalLabel(axis: Axis, value: number): string {
  if (axis === "relative") return formatDuration(value);
  return axis === "wall" ? formatClock(value) : formatTick(value);
}

/** Places of the marks along the vertical axis. */
export function verticalTicks(range: Range, isLog: boolean, count: number): number[] {
  return (isLog ? logTicks : linearTicks)(range.from, range.to, count);
}
