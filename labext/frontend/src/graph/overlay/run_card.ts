/** The card's part about runs: how often the node ran, and the values of its outputs. */

import { grouped, type Message, tr } from "../../language/language.ts";
import { formatValue } from "../../scalars/format.ts";
import { make, makeButton } from "../controller/elements.ts";
import { isStale, shortValue } from "./marks.ts";
import type { RunState, Stepping, ValueSummary } from "./run_state.ts";

/** A card has room for what a node shows in brief. */
const MOST_LETTERS = 120;

export interface RunCardActions {
  /** Shows the value of a tensor, or no longer. */
  watch(tensor: string, isWatched: boolean): void;
  /** Stops at the node when stepping, always or on a condition. */
  breakAt(node: string, condition: BreakCondition): void;
  removeBreak(node: string): void;
}

export interface BreakCondition {
  readonly when?: When;
  readonly limit?: number;
}

type When = "odd" | "above" | "below";

const WHEN: readonly (readonly [When | "", Message])[] = [
  ["", "every time"],
  ["odd", "value is NaN or infinite"],
  ["above", "value above"],
  ["below", "value below"],
];

/** Fills the section anew for a node. */
export function fillRunCard(section: HTMLElement, node: string, state: RunState, actions: RunCardActions): void {
  const mark = state.marks.get(node);
  const facts = make("dl");
  const add = (name: string, value: string): void => facts.append(make("dt", {}, name), make("dd", {}, value));
  if (mark) {
    add(tr("Evaluated"), tr("{count} × since the cell began", { count: mark.count }));
    if (mark.order > 0) add(tr("Order"), tr("{place} of {total} in the last run", { place: mark.order, total: state.newest?.operations.length ?? 0 }));
    if (mark.isFed) add(tr("Fed"), tr("in the last run"));
  }
  const values = state.valuesOf(node);
  section.replaceChildren(make("h4", {}, tr(state.stepping ? "This run" : "Runs")), facts, ...values.map(([tensor, value]) => describe(tensor, value, state)));
  const isOdd = values.some(([, { nan, infinite }]) => nan || infinite);
  if (isOdd && !state.stepping && !state.failure) section.append(make("p", {}, tr("live.watch(check_numerics=True) shows where this began.")));
  section.append(state.stepping ? breaking(node, state.stepping, actions) : watching(`${node}:0`, state, actions));
}

function watching(tensor: string, { watched }: RunState, actions: RunCardActions): HTMLElement {
  const isWatched = watched.includes(tensor);
  const button = makeButton(tr(isWatched ? "Stop watching" : "Watch value"), "", () => actions.watch(tensor, !isWatched));
  return make("div", { class: "labext-actions" }, button);
}

function breaking(node: string, { breakpoints, conditions }: Stepping, actions: RunCardActions): HTMLElement {
  if (breakpoints.includes(node)) {
    const condition = conditions[node];
    const words = condition === undefined ? "" : make("span", {}, tr("Stops here: {condition}", { condition }));
    return make("div", { class: "labext-actions" }, words, makeButton(tr("Remove breakpoint"), "", () => actions.removeBreak(node)));
  }
  const when = make("select", { "aria-label": tr("When to stop") }, ...WHEN.map(([value, name]) => make("option", { value }, tr(name))));
  const limit = make("input", { type: "number", step: "any", value: "0", hidden: "", "aria-label": tr("Limit") });
  const chosen = (): When | "" => WHEN.find(([value]) => value === when.value)?.[0] ?? "";
  const needsLimit = (): boolean => chosen() === "above" || chosen() === "below";
  when.addEventListener("change", () => (limit.hidden = !needsLimit()));
  const button = makeButton(tr("Break here"), "", () => {
    const [kind, number] = [chosen(), limit.valueAsNumber];
    if (needsLimit() && Number.isNaN(number)) limit.focus();
    else actions.breakAt(node, kind === "" ? {} : needsLimit() ? { when: kind, limit: number } : { when: kind });
  });
  return make("div", { class: "labext-actions" }, when, limit, button);
}

function describe(tensor: string, value: ValueSummary, state: RunState): HTMLElement {
  const facts = make("dl");
  const add = (name: string, text: string): void => facts.append(make("dt", {}, name), make("dd", {}, text));
  add(tr("Value"), shortValue(value, MOST_LETTERS));
  if (value.shape.length > 0) add(tr("Shape"), value.shape.join("×"));
  if (value.bins && value.min !== undefined && value.mean !== undefined && value.max !== undefined) {
    add(tr("Min"), formatValue(value.min, 5));
    add(tr("Mean"), formatValue(value.mean, 5));
    add(tr("Max"), formatValue(value.max, 5));
  }
  if (value.nan) add("NaN", String(value.nan));
  if (value.infinite) add(tr("Infinite"), String(value.infinite));
  if (value.step !== null) add(tr("Step"), grouped(value.step));
  const isOld = isStale(value, state);
  const title = make("h5", {}, isOld ? tr("{tensor} (not in the last run)", { tensor }) : tensor);
  const section = make("section", { class: isOld ? "labext-value labext-stale" : "labext-value" }, title, facts);
  if (value.bins && value.bins.length > 1) section.append(histogram(value.bins, tr("Histogram of {tensor}", { tensor })));
  return section;
}

function histogram(bins: readonly number[], name: string): SVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  for (const [key, value] of [["viewBox", "0 0 160 40"], ["role", "img"], ["aria-label", name], ["class", "labext-histogram"]] as const) svg.setAttribute(key, value);
  const tallest = Math.max(...bins, 1);
  bins.forEach((count, index) => {
    const bar = document.createElementNS(namespace, "rect");
    const height = (count / tallest) * 38;
    const places = { x: (index * 160) / bins.length, y: 40 - height, width: 160 / bins.length - 1, height };
    for (const [key, value] of Object.entries(places)) bar.setAttribute(key, String(value));
    svg.append(bar);
  });
  return svg;
}
