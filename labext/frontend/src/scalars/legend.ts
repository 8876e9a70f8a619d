/** Names the curves, switches them on and off, and reads values off them beside the plot, sorted by any column. */
import { type Message, tr } from "../language/language.ts";
import type { Axis, Curve } from "./curve.ts";
import { lowerBound } from "./decimate.ts";
import { element, setText } from "./dom.ts";
import { compare, nextSort, type Rank, type Sort } from "./sort.ts";
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

/** What a cell shows and what its row is sorted by. */
interface Reading {
  readonly text: string;
  readonly rank: Rank;
}

const HEADS: readonly Message[] = ["Curve", "Value", "Smoothed", "Step", "Time", "Relative"];
const SMOOTHED = 2;

/** A table with a line for each curve, newest first until the user sorts it. */
export class Legend {
  readonly root: HTMLElement;
  readonly #body: HTMLElement;
  readonly #heads: readonly HTMLElement[];
  #sort: Sort | null = null;
  #state: LegendState | null = null;
  readonly #rows = new Map<Curve, Row>();
  readonly #onToggle: (curve: Curve) => void;

  constructor(onToggle: (curve: Curve) => void) {
    this.#onToggle = onToggle;
    this.#body = element("tbody");
    this.#heads = HEADS.map((name, column) => {
      const button = element("button", { type: "button", class: "gl-plot-sort" }, tr(name));
      button.addEventListener("click", () => this.#sortBy(column));
      return element("th", { scope: "col" }, button);
    });
    this.root = element(
      "table",
      { class: "gl-plot-legend", "aria-label": tr("Curves") },
      element("thead", {}, element("tr", {}, ...this.#heads)),
      this.#body,
    );
  }

  show(state: LegendState): void {
    this.#state = state;
    this.root.hidden = state.curves.length === 0;
    this.#heads[SMOOTHED]?.toggleAttribute("hidden", state.smooth === null);
    for (const [curve, row] of this.#rows) {
      if (state.curves.includes(curve)) continue;
      row.root.remove();
      this.#rows.delete(curve);
    }
    const sorted = state.curves.map((curve, index) => {
      const row = this.#rows.get(curve) ?? this.#add(curve);
      const isHidden = state.hidden.has(curve);
      row.toggle.setAttribute("aria-pressed", String(!isHidden));
      row.swatch.style.background = state.colours[index] ?? "";
      const [name, ...values] = readings(curve, state);
      setText(row.name, name?.text ?? "");
      values.forEach(({ text }, column) => row.cells[column] && setText(row.cells[column], text));
      row.cells[SMOOTHED - 1]?.toggleAttribute("hidden", state.smooth === null);
      return { root: row.root, rank: [name, ...values][this.#sort?.column ?? 0]?.rank ?? "" };
    });
    const sort = this.#sort;
    sorted.reverse();
    if (sort) sorted.sort((left, right) => compare(left.rank, right.rank, sort.isDescending));
    this.#arrange(sorted.map(({ root }) => root));
  }

  #sortBy(column: number): void {
    this.#sort = nextSort(this.#sort, column);
    this.#heads.forEach((head, at) => {
      if (at !== this.#sort?.column) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", this.#sort.isDescending ? "descending" : "ascending");
    });
    if (this.#state) this.show(this.#state);
  }

  /** Moves rows only where their order has changed: one that moves loses the keyboard's focus. */
  #arrange(roots: readonly HTMLElement[]): void {
    if (roots.every((root, at) => this.#body.children[at] === root)) return;
    const { activeElement } = document;
    this.#body.replaceChildren(...roots);
    if (activeElement instanceof HTMLElement && this.#body.contains(activeElement)) activeElement.focus();
  }

  #add(curve: Curve): Row {
    const swatch = element("span", { class: "gl-plot-swatch" });
    const name = element("span");
    const toggle = element("button", { type: "button", class: "gl-plot-toggle", title: tr("Show or hide") }, swatch, name);
    toggle.addEventListener("click", () => this.#onToggle(curve));
    const cells = Array.from({ length: 5 }, () => element("td", { class: "gl-plot-number" }));
    const root = element("tr", {}, element("th", { scope: "row" }, toggle), ...cells);
    const row = { root, toggle, swatch, name, cells };
    this.#rows.set(curve, row);
    return row;
  }
}

/** Name, value, smoothed value, step, time of day and relative time at the cursor. */
function readings(curve: Curve, { title, axis, at, smooth }: LegendState): Reading[] {
  const name = nameOf(curve, title);
  const index = at === null ? curve.length - 1 : nearest(curve, axis, at);
  const second = curve.seconds[index] ?? Number.NaN;
  const [value, smoothed] = [curve.values[index] ?? Number.NaN, smooth?.(curve)[index] ?? Number.NaN];
  const [step, clock, relative] = [curve.steps[index] ?? Number.NaN, curve.label.startedS + second, second - (curve.seconds[0] ?? 0)];
  const tell = (text: () => string, rank: number): Reading => ({ text: index < 0 ? "–" : text(), rank });
  return [
    { text: name, rank: name },
    tell(() => formatValue(value, 6), value),
    tell(() => (smooth ? formatValue(smoothed, 6) : "–"), smoothed),
    tell(() => withThousands(step), step),
    tell(() => formatClock(Math.floor(clock)), clock),
    tell(() => formatDuration(relative), relative),
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
