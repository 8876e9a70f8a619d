/** Folds `name, name_1, name_2 …` of equal structure into one item that opens to its members. */

import { inChunks, type Steps } from "../steps.ts";
import { type Groups, type Item, newItem } from "./items.ts";

/** Shorter runs stand apart, as in TensorBoard. */
const MIN_SERIES_LENGTH = 5;
/** Longer numbers are no numbers to count by. */
const MAX_DIGITS = 15;
const ITEMS_A_STEP = 1000;

const NONE: readonly Stem[] = [];

/** Whether a scope has enough numbered children for a series: most have not, and are spared the search. */
export function mayHoldSeries({ children }: Item): boolean {
  let numbered = 0;
  for (const { label } of children) {
    if (isDigit(label.charCodeAt(headLength(label) - 1)) && ++numbered + 1 >= MIN_SERIES_LENGTH) return true;
  }
  return false;
}

/** Replaces the series among a scope's children, except those whose path is in `ungrouped`: their members go to `loose`. */
export function* foldSeries(scope: Item, ungrouped: ReadonlySet<string>, groups: Groups, loose: Map<Item, string>): Steps<void> {
  const { children } = scope;
  const found = yield* findSeries(children);
  for (const members of found) {
    const first = members[0] as Item;
    const path = freePath(scope, first, groups);
    const series = newItem("series", path, `${first.label} … ${members.at(-1)?.label}`, scope);
    groups.add(series);
    if (ungrouped.has(path)) {
      for (const member of members) loose.set(member, path);
      continue;
    }
    series.children = members;
    series.structure = first.structure;
    series.earliest = first.earliest;
    yield* inChunks(members.length, ITEMS_A_STEP, (start, end) => {
      for (let at = start; at < end; at++) {
        const member = members[at] as Item;
        member.parent = series;
        series.size += member.size;
      }
    });
  }
  if (found.length === 0) return;
  const folded = new Set<Item>();
  yield* inChunks(children.length, ITEMS_A_STEP, (start, end) => {
    for (let at = start; at < end; at++) {
      const child = children[at] as Item;
      folded.add(child.parent?.kind === "series" ? child.parent : child);
    }
  });
  scope.children = [...folded];
}

/** Items of one kind, structure and stem. */
interface Stem {
  readonly like: Item;
  /** What stands before and after the number. */
  readonly head: string;
  readonly tail: string;
  readonly members: Map<number, Item>;
}

/**
 * Finds maximal runs of consecutive numbers among items of one kind, structure and stem.
 *
 * TensorBoard's rule with its gaps closed: an unnumbered `add` is number 0 of `add_1, add_2 …`, a stem may hold
 * digits (`conv2d_1`), and scopes are folded like ops. TensorBoard looks at ops only, by `^(\D*)(\d+)$`.
 */
function* findSeries(items: readonly Item[]): Steps<Item[][]> {
  const stems = new Stems();
  yield* inChunks(items.length, ITEMS_A_STEP, (start, end) => stems.add(items, start, end));
  const firsts = new Firsts(stems.all);
  if (firsts.areWanted) yield* inChunks(items.length, ITEMS_A_STEP, (start, end) => firsts.join(items, start, end));
  const claimed = new Set<Item>();
  const series: Item[][] = [];
  const long = stems.all.filter(({ members }) => members.size >= MIN_SERIES_LENGTH);
  for (const { members } of long.sort((a, b) => b.members.size - a.members.size)) {
    const begun = series.length;
    let work = 0;
    for (const number of members.keys()) {
      if (++work % ITEMS_A_STEP === 0) yield;
      if (isFree(members.get(number - 1), claimed)) continue;
      const run: Item[] = [];
      while (extend(run, number, members, claimed)) yield;
      if (run.length >= MIN_SERIES_LENGTH) series.push(run);
    }
    if (firsts.joined.size === 0) continue;
    for (let at = begun; at < series.length; at++) for (const item of series[at] ?? []) if (firsts.joined.has(item)) claimed.add(item);
  }
  return series;
}

/** Makes a run longer, by as much as a step allows; says whether there may be more. */
function extend(run: Item[], start: number, members: ReadonlyMap<number, Item>, claimed: ReadonlySet<Item>): boolean {
  for (let added = 0; added < ITEMS_A_STEP; added++) {
    const next = members.get(start + run.length);
    if (!isFree(next, claimed)) return false;
    run.push(next);
  }
  return true;
}

function isFree(item: Item | undefined, claimed: ReadonlySet<Item>): item is Item {
  return item !== undefined && !claimed.has(item);
}

/** Sorts items by what stands around their number. */
class Stems {
  readonly #byKey = new Map<string, Stem>();
  #last: Stem | null = null;

  get all(): Stem[] {
    return [...this.#byKey.values()];
  }

  add(items: readonly Item[], start: number, end: number): void {
    for (let at = start; at < end; at++) {
      const item = items[at] as Item;
      const { label } = item;
      const stop = headLength(label);
      let begin = stop;
      while (begin > 0 && stop - begin < MAX_DIGITS && isDigit(label.charCodeAt(begin - 1))) begin--;
      if (begin < stop) this.#stemOf(item, begin, stop).members.set(Number(label.slice(begin, stop)), item);
    }
  }

  #stemOf(item: Item, begin: number, stop: number): Stem {
    // Neighbours mostly share one: to compare is several times faster than to look up.
    if (this.#last && isOf(this.#last, item, begin, stop)) return this.#last;
    const [head, tail] = [item.label.slice(0, begin), item.label.slice(stop)];
    const key = `${item.structure} ${item.kind} ${head}*${tail}`;
    this.#last = this.#byKey.get(key) ?? { like: item, head, tail, members: new Map() };
    this.#byKey.set(key, this.#last);
    return this.#last;
  }
}

function isOf({ like, head, tail }: Stem, item: Item, begin: number, stop: number): boolean {
  const { label } = item;
  return isAlike(item, like) && begin === head.length && label.length - stop === tail.length && label.startsWith(head) && label.endsWith(tail);
}

/** An unnumbered `add` is number 0 of `add_1, add_2 …`. */
class Firsts {
  readonly joined = new Set<Item>();
  /** Stems without a number 0, by the label that it would have. */
  readonly #wanted = new Map<string, Stem[]>();

  constructor(stems: readonly Stem[]) {
    for (const stem of stems) {
      const { head, tail, members } = stem;
      if (members.size + 1 < MIN_SERIES_LENGTH || members.has(0) || !/[_.]$/.test(head)) continue;
      const label = head.slice(0, -1) + tail;
      this.#wanted.set(label, [...(this.#wanted.get(label) ?? []), stem]);
    }
  }

  get areWanted(): boolean {
    return this.#wanted.size > 0;
  }

  join(items: readonly Item[], start: number, end: number): void {
    for (let at = start; at < end; at++) {
      const item = items[at] as Item;
      for (const { like, members } of this.#wanted.get(item.label) ?? NONE) {
        if (!isAlike(item, like)) continue;
        members.set(0, item);
        this.joined.add(item);
      }
    }
  }
}

function isAlike(a: Item, b: Item): boolean {
  return a.structure === b.structure && a.kind === b.kind;
}

/** The constant `add_1/y` stands beside `add_1` and counts by its number. */
function headLength(label: string): number {
  const slash = label.indexOf("/");
  return slash < 0 ? label.length : slash;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The path must not change while the series grows, so it names the first member only. */
function freePath(scope: Item, { label, structure }: Item, groups: Groups): string {
  const path = `${scope.path === "" ? "" : `${scope.path}/`}${label}[*]`;
  return groups.get(path) ? `${path}#${structure}` : path;
}
