/** Folds `name, name_1, name_2 …` of equal structure into one item that opens to its members. */

import type { Steps } from "../steps.ts";
import { type Groups, type Item, newItem } from "./items.ts";

/** Shorter runs stand apart, as in TensorBoard. */
const MIN_SERIES_LENGTH = 5;
const ITEMS_A_STEP = 500;

interface Numbered {
  readonly item: Item;
  readonly stem: string;
  readonly number: number;
}

/** Whether a scope has enough numbered children for a series: most have not, and are spared the search. */
export function mayHoldSeries({ children }: Item): boolean {
  let numbered = 0;
  for (const { label } of children) {
    const slash = label.indexOf("/");
    if (isDigit(label.charCodeAt((slash < 0 ? label.length : slash) - 1)) && ++numbered + 1 >= MIN_SERIES_LENGTH) return true;
  }
  return false;
}

/** Replaces the series among a scope's children, except those whose path is in `ungrouped`: their members go to `loose`. */
export function* foldSeries(scope: Item, ungrouped: ReadonlySet<string>, groups: Groups, loose: Map<Item, string>): Steps<void> {
  const seriesOf = new Map<Item, Item>();
  for (const members of yield* findSeries(scope.children)) {
    const path = freePath(scope, members, groups);
    const series = newItem("series", path, `${members[0]?.label} … ${members.at(-1)?.label}`, scope);
    groups.add(series);
    if (ungrouped.has(path)) {
      for (const member of members) loose.set(member, path);
      continue;
    }
    series.children = [...members];
    for (const member of members) {
      series.size += member.size;
      series.earliest = Math.min(series.earliest, member.earliest);
      seriesOf.set(member, series);
    }
    series.structure = members[0]?.structure ?? 0;
    series.earliest = members[0]?.earliest ?? 0;
  }
  if (seriesOf.size === 0) return;
  scope.children = [...new Set(scope.children.map((child) => seriesOf.get(child) ?? child))];
  for (const [member, series] of seriesOf) member.parent = series;
}

/**
 * Finds maximal runs of consecutive numbers among items of one kind, structure and stem.
 *
 * TensorBoard's rule with its gaps closed: an unnumbered `add` is number 0 of `add_1, add_2 …`, a stem may hold
 * digits (`conv2d_1`), and scopes are folded like ops. TensorBoard looks at ops only, by `^(\D*)(\d+)$`.
 */
export function* findSeries(items: readonly Item[]): Steps<Item[][]> {
  const groups = new Map<string, Numbered[]>();
  let work = 0;
  for (const item of items) {
    if (++work % ITEMS_A_STEP === 0) yield;
    const { head, tail } = partsOf(item);
    const digits = firstTrailingDigit(head);
    if (digits === head.length) continue;
    const numbered = { item, stem: `${head.slice(0, digits)}*${tail}`, number: Number(head.slice(digits)) };
    const key = keyOf(item, numbered.stem);
    const group = groups.get(key);
    if (group) group.push(numbered);
    else groups.set(key, [numbered]);
  }
  if (groups.size === 0) return [];
  for (const item of items) {
    if (++work % ITEMS_A_STEP === 0) yield;
    const { head, tail } = partsOf(item);
    for (const separator of ["_", "."]) {
      const stem = `${head}${separator}*${tail}`;
      const group = groups.get(keyOf(item, stem));
      if (group && group.length > 1 && !group.some(({ number }) => number === 0)) group.push({ item, stem, number: 0 });
    }
  }
  const claimed = new Set<Item>();
  const series: Item[][] = [];
  for (const group of [...groups.values()].sort((a, b) => b.length - a.length)) {
    if (group.length < MIN_SERIES_LENGTH) break;
    const free = group.filter(({ item }) => !claimed.has(item)).sort((a, b) => a.number - b.number);
    for (const run of consecutiveRuns(free)) {
      if (run.length < MIN_SERIES_LENGTH) continue;
      for (const item of run) claimed.add(item);
      series.push(run);
    }
  }
  return series;
}

function keyOf(item: Item, stem: string): string {
  return `${item.structure} ${item.kind} ${stem}`;
}

/** Where the number at the end begins; numbers of more than 15 digits are no numbers to count by. */
function firstTrailingDigit(text: string): number {
  let at = text.length;
  while (at > 0 && text.length - at < 15 && isDigit(text.charCodeAt(at - 1))) at--;
  return at;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The constant `add_1/y` stands beside `add_1` and counts by its number. */
function partsOf({ label }: Item): { head: string; tail: string } {
  const slash = label.indexOf("/");
  return slash < 0 ? { head: label, tail: "" } : { head: label.slice(0, slash), tail: label.slice(slash) };
}

function consecutiveRuns(numbered: readonly Numbered[]): Item[][] {
  const runs: Item[][] = [];
  let previous = Number.NaN;
  for (const { item, number } of numbered) {
    if (number === previous + 1) runs.at(-1)?.push(item);
    else runs.push([item]);
    previous = number;
  }
  return runs;
}

/** The path must not change while the series grows, so it names the first member only. */
function freePath(scope: Item, members: readonly Item[], groups: Groups): string {
  const prefix = scope.path === "" ? "" : `${scope.path}/`;
  const path = `${prefix}${members[0]?.label}[*]`;
  return groups.get(path) ? `${path}#${members[0]?.structure}` : path;
}
