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

/** Sums a curve up; extremes are NaN while there is no finite value. */
export function summarise({ values, steps, length }: Curve): Summary {
  let [lowest, highest, oddCount] = [-1, -1, 0];
  for (let index = 0; index < length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) oddCount += 1;
    else {
      if (lowest < 0 || value < (values[lowest] ?? 0)) lowest = index;
      if (highest < 0 || value > (values[highest] ?? 0)) highest = index;
    }
  }
  return {
    count: length,
    first: values[0] ?? Number.NaN,
    latest: values[length - 1] ?? Number.NaN,
    lowest: values[lowest] ?? Number.NaN,
    lowestStep: steps[lowest] ?? 0,
    highest: values[highest] ?? Number.NaN,
    highestStep: steps[highest] ?? 0,
    oddCount,
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
