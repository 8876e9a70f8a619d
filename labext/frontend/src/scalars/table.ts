/** The plot as a table, for screen readers and for whoever wants numbers. */
import { tr } from "../language/language.ts";
import type { Curve } from "./curve.ts";
import { element } from "./dom.ts";
import { formatValue, withThousands } from "./format.ts";
import { nameOf } from "./picture.ts";

const HEADS = ["Curve", "Points", "First", "Latest", "Lowest", "at step", "Highest", "at step", "Not finite"] as const;

/** What a row of the table says of a curve. */
export interface Summary {
  readonly count: number;
  readonly first: number;
  readonly latest: number;
  readonly lowest: number;
  readonly lowestStep: number;
  readonly highest: number;
  readonly highestStep: number;
  readonly oddCount: number;
}

/** What was read of a curve so far: a curve only grows. */
interface Reading {
  length: number;
  lowest: number;
  highest: number;
  oddCount: number;
}

const readings = new WeakMap<Curve, Reading>();

/** Sums a curve up; extremes are NaN while there is no finite value. Reads only what came since the last time. */
export function summarise(curve: Curve): Summary {
  const { values, steps, length } = curve;
  const read = readings.get(curve) ?? { length: 0, lowest: -1, highest: -1, oddCount: 0 };
  readings.set(curve, read);
  for (let index = read.length; index < length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) read.oddCount += 1;
    else {
      if (read.lowest < 0 || value < (values[read.lowest] ?? 0)) read.lowest = index;
      if (read.highest < 0 || value > (values[read.highest] ?? 0)) read.highest = index;
    }
  }
  read.length = length;
  return {
    count: length,
    first: values[0] ?? Number.NaN,
    latest: values[length - 1] ?? Number.NaN,
    lowest: values[read.lowest] ?? Number.NaN,
    lowestStep: steps[read.lowest] ?? 0,
    highest: values[read.highest] ?? Number.NaN,
    highestStep: steps[read.highest] ?? 0,
    oddCount: read.oddCount,
  };
}

/** Fills the table element anew. */
export function fillTable(table: HTMLTableElement, curves: readonly Curve[]): void {
  const rows = curves.map((curve) => {
    const summary = summarise(curve);
    const cells = [
      withThousands(summary.count),
      formatValue(summary.first, 6),
      formatValue(summary.latest, 6),
      formatValue(summary.lowest, 6),
      withThousands(summary.lowestStep),
      formatValue(summary.highest, 6),
      withThousands(summary.highestStep),
      withThousands(summary.oddCount),
    ].map((text) => element("td", { class: "gl-plot-number" }, text));
    return element("tr", {}, element("th", { scope: "row" }, nameOf(curve, "")), ...cells);
  });
  table.replaceChildren(
    element("caption", {}, tr("Summary of the curves")),
    element("thead", {}, element("tr", {}, ...HEADS.map((head) => element("th", { scope: "col" }, tr(head))))),
    element("tbody", {}, ...rows),
  );
}
