/** The line above a plot: its title and the newest values. */
import { tr } from "../language/language.ts";
import type { Curve } from "./curve.ts";
import { element, setText } from "./dom.ts";
import { formatValue, withThousands } from "./format.ts";
import { colourOf } from "./palette.ts";

export class Heading {
  readonly #title = element("h3", { class: "gl-plot-title" });
  readonly #latest = element("div", { class: "gl-plot-latest" });
  readonly root = element("header", { class: "gl-plot-header" }, this.#title, this.#latest);

  /** Of several curves with one tag, the last tells the value; `placeOf` gives a curve's place in the palette. */
  show(title: string, curves: readonly Curve[], placeOf: (curve: Curve) => number, isDark: boolean): void {
    setText(this.#title, title);
    const newest = [...new Map(curves.map((curve) => [curve.label.tag, curve])).values()];
    const readings = newest.map((curve) => {
      const value = formatValue(curve.values.at(-1) ?? Number.NaN, 5);
      const reading = element("span", { class: "gl-plot-value", title: curve.label.tag }, value);
      if (newest.length > 1) reading.style.color = colourOf(placeOf(curve), isDark);
      return reading;
    });
    const step = Math.max(-1, ...newest.map((curve) => curve.steps.at(-1) ?? -1));
    const caption = step < 0 ? "" : tr("step {step}", { step: withThousands(step) });
    this.#latest.replaceChildren(...readings, element("span", { class: "gl-plot-caption" }, caption));
  }
}
