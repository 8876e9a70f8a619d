/** The view's settings: kept in the widget's traits, so Python sees and sets them too. */
import { listen, type WidgetModel } from "../sync/model.ts";
import type { Axis } from "./curve.ts";
import type { Settings } from "./scene.ts";

const TRAITS = ["axis", "log_x", "log_y", "smoothing", "ignore_outliers", "title", "notice"] as const;
const AXES: readonly Axis[] = ["step", "relative", "wall"];

/** Reads the settings from the model. */
export function settingsOf(model: WidgetModel): Settings {
  const smoothing = Number(model.get("smoothing"));
  return {
    axis: AXES.find((axis) => axis === model.get("axis")) ?? "step",
    isLogX: model.get("log_x") === true,
    isLogY: model.get("log_y") === true,
    smoothing: smoothing >= 0 && smoothing < 1 ? smoothing : 0,
    ignoresOutliers: model.get("ignore_outliers") === true,
  };
}

/** Writes some settings to the model; all views of it follow. */
export function changeSettings(model: WidgetModel, change: Partial<Settings>): void {
  if (change.axis !== undefined) model.set("axis", change.axis);
  if (change.isLogX !== undefined) model.set("log_x", change.isLogX);
  if (change.isLogY !== undefined) model.set("log_y", change.isLogY);
  if (change.smoothing !== undefined) model.set("smoothing", change.smoothing);
  if (change.ignoresOutliers !== undefined) model.set("ignore_outliers", change.ignoresOutliers);
  model.save_changes();
}

/** Calls back after a setting or a text has changed, here or in Python. */
export function onSettingsChange(model: WidgetModel, callback: () => void, signal: AbortSignal): void {
  for (const trait of TRAITS) listen(model, `change:${trait}`, callback, signal);
}
