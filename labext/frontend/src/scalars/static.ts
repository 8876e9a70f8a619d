/** Entry for an engine without a page: draws the plot that Python describes. */
import { Curve } from "./curve.ts";
import { plotSvg } from "./picture.ts";
import type { Settings } from "./scene.ts";

/** A curve in plain JSON; values that JSON lacks are strings ("NaN", "Infinity"). */
export interface PlainCurve {
  readonly tag: string;
  readonly run: string;
  readonly startedS: number;
  readonly steps: readonly number[];
  readonly seconds: readonly number[];
  readonly values: readonly (number | string)[];
  /** The smoothed values, of more points than there are here; null where nothing is smoothed. */
  readonly smoothed: readonly (number | string)[] | null;
}

/** What to draw, in plain JSON. */
export interface ScalarPicture {
  readonly id: string;
  readonly title: string;
  readonly curves: readonly PlainCurve[];
  readonly settings: Settings;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Draws the plot as SVG text. */
export function scalarPlotSvg(request: ScalarPicture): string {
  const curves = request.curves.map(curveOf);
  const smoothed = new Map(curves.map((curve, index) => [curve, Float64Array.from(request.curves[index]?.smoothed ?? [], Number)]));
  const smooth = (curve: Curve): Float64Array => smoothed.get(curve) ?? curve.values;
  return plotSvg({ ...request, curves, colours: curves.map((_curve, index) => index), zoom: null, smooth });
}

function curveOf({ steps, seconds, values, tag, run, startedS }: PlainCurve): Curve {
  const curve = new Curve({ tag, run, startedS });
  values.forEach((value, index) => curve.append(steps[index] ?? 0, seconds[index] ?? 0, Number(value)));
  return curve;
}
