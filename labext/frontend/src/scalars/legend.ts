/** Names the curves, switches them on and off, and reads values off them beside the plot. */
import { tr } from "../language/language.ts";
import type { Axis, Curve } from "./curve.ts";
import { lowerBound } from "./decimate.ts";
import { element, setText } from "./dom.ts";
import { formatClock, formatDuration, formatValue, withThousands } from "./format.ts";
import { nameOf } from "./picture.ts";
import type { Smooth } from "./scene.ts";

/** What the legend shows of the curves. */
export interface LegendState {
  readonly title: string;
  readonly curves: readonly Curve[];
  readonly colours: readonly string[];
  readonly hidden: ReadonlySet<Curve>;
  readonly axis: Axis;
  /** Place under the cursor; null reads the latest points. */
  readonly at: number | null;
  /** Null when smoothing is off. */
  readonly smooth: Smooth | null;
}

interface Row {
  readonly root: HTMLElement;
  readonly toggle: HTMLButtonElement;
  readonly swatch: HTMLElement;
  readonly name: HTMLElement;
  readonly cells: readonly HTMLElement[];
}

/** A table with a line for each curve, newest first. */
export class Legend {
  readonly root: HTMLElement;
  readonly #body: HTMLElement;
  readonly #smoothedHead: HTMLElement;
  readonly #rows = new Map<Curve, Row>();
  readonly #onToggle: (curve: Curve) => void;

  constructor(onToggle: (curve: Curve) => void) {
    this.#onToggle = onToggle;
    this.#smoothedHead = element("th", { scope: "col" }, tr("Smoothed"));
    this.#body = element("tbody");
    const heads = [tr("Curve"), tr("Value"), this.#smoothedHead, tr("Step"), tr("Time"), tr("Relative")].map((head) =>
      typeof head === "string" ? element("th", { scope: "col" }, head) : head,
    );
    this.root = element(
      "table",
      { class: "gl-plot-legend", "aria-label": tr("Curves") },
      element("thead", {}, element("tr", {}, ...heads)),
      this.#body,
    );
  }

  show(state: LegendState): void {
    this.root.hidden = state.curves.length === 0;
    this.#smoothedHead.hidden = state.smooth === null;
    for (const [curve, row] of this.#rows) {
      if (state.curves.includes(curve)) continue;
      row.root.remove();
      this.#rows.delete(curve);
    }
    state.curves.forEach((curve, index) => {
      const row = this.#rows.get(curve) ?? this.#add(curve);
      const isHidden = state.hidden.has(curve);
      row.toggle.setAttribute("aria-pressed", String(!isHidden));
      row.swatch.style.background = state.colours[index] ?? "";
      setText(row.name, nameOf(curve, state.title));
      readings(curve, state).forEach((text, column) => {
        const cell = row.cells[column];
        if (!cell) return;
        setText(cell, text ?? "");
        cell.hidden = text === null;
      });
    });
  }

  #add(curve: Curve): Row {
    const swatch = element("span", { class: "gl-plot-swatch" });
    const name = element("span");
    const toggle = element("button", { type: "button", class: "gl-plot-toggle", title: tr("Show or hide") }, swatch, name);
    toggle.addEventListener("click", () => this.#onToggle(curve));
    const cells = Array.from({ length: 5 }, () => element("td", { class: "gl-plot-number" }));
    const root = element("tr", {}, element("th", { scope: "row" }, toggle), ...cells);
    this.#body.prepend(root);
    const row = { root, toggle, swatch, name, cells };
    this.#rows.set(curve, row);
    return row;
  }
}

/** Value, smoothed value, step, time of day and relative time at the cursor; null hides a column. */
function readings(curve: Curve, { axis, at, smooth }: LegendState): (string | null)[] {
  const index = at === null ? curve.length - 1 : nearest(curve, axis, at);
  if (index < 0) return ["–", smooth ? "–" : null, "–", "–", "–"];
  const second = curve.seconds[index] ?? 0;
  return [
    formatValue(curve.values[index] ?? Number.NaN, 6),
    smooth ? formatValue(smooth(curve)[index] ?? Number.NaN, 6) : null,
    withThousands(curve.steps[index] ?? 0),
    formatClock(Math.floor(curve.label.startedS + second)),
    formatDuration(second - (curve.seconds[0] ?? 0)),
  ];
}

/** Index of the point nearest to a place along the axis, -1 without points. */
export function nearest(curve: Curve, axis: Axis, at: number): number {
  const { column, offset } = curve.along(axis);
  const right = lowerBound(column, at - offset);
  if (right === 0) return column.length === 0 ? -1 : 0;
  if (right === column.length) return right - 1;
  return at - offset - (column[right - 1] ?? 0) <= (column[right] ?? 0) - (at - offset) ? right - 1 : right;
}
