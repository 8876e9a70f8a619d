/** Colours boxes by what is known of the ops in them, and says in a legend what the colours mean. */

import { grouped, tr } from "../../language/language.ts";
import type { ViewState } from "../../protocol/view_state.ts";
import type { Role } from "../displaylist/items.ts";
import type { GraphNode } from "../model/graph_node.ts";
import { type Item, membersOf } from "../scopes/items.ts";
import type { Scene } from "../visible/scene.ts";
import { type Difference, DIFFERENCES, HEATS, HUES } from "./palette.ts";

export interface LegendEntry {
  readonly role: Role;
  readonly text: string;
}

export interface Colouring {
  /** What the colours stand for, or empty where the legend's entries say it. */
  readonly title: string;
  readonly legend: readonly LegendEntry[];
  roleOf(item: Item): Role | null;
}

type Value = number | string | null;
type ValueOf = (node: GraphNode) => Value;

const MAX_ENTRIES = 12;
const ATTRIBUTE = /^attribute (.+)$/s;

/** Null where the glyphs keep their own colours. `shown` are the items on show, open ones too: they share the palette among them. */
export function colouringOf(scene: Scene, { colourBy, values }: ViewState, shown: readonly Item[]): Colouring | null {
  if (colourBy === "") return null;
  if (colourBy === "structure") return byStructure(shown);
  const valueOf = valueFinder(colourBy, values);
  if (!valueOf) return null;
  const texts = new Map<string, number>();
  let hasNumbers = false;
  for (const node of scene.nodes) {
    const value = valueOf(node);
    if (typeof value === "number") hasNumbers = true;
    else if (value !== null) texts.set(value, (texts.get(value) ?? 0) + 1);
  }
  return hasNumbers && texts.size === 0 ? { ...byNumber(scene, valueOf, shown), title: ATTRIBUTE.exec(colourBy)?.[1] ?? "" } : byText(scene, valueOf, texts);
}

/** The attributes that nodes carry, most frequent first: what `attribute NAME` can name. */
export function attributeNames(nodes: readonly GraphNode[]): string[] {
  const counts = new Map<string, number>();
  for (const text of new Set(nodes.map(({ attributes }) => attributes))) {
    for (const name of Object.keys(attributesOf(text))) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([name]) => name);
}

function valueFinder(colourBy: string, values: ViewState["values"]): ValueOf | null {
  if (colourBy === "device") return ({ device }) => device || tr("no device");
  if (colourBy === "op") return ({ op }) => op;
  if (colourBy === "values") return ({ name }) => values[name] ?? null;
  const name = ATTRIBUTE.exec(colourBy)?.[1];
  return name === undefined ? null : ({ attributes }) => readNumber(attributesOf(attributes)[name]);
}

const read = new Map<string, Readonly<Record<string, string>>>();

function attributesOf(text: string): Readonly<Record<string, string>> {
  if (text === "") return {};
  let attributes = read.get(text);
  if (!attributes) {
    if (read.size > 10_000) read.clear();
    attributes = JSON.parse(text) as Readonly<Record<string, string>>;
    read.set(text, attributes);
  }
  return attributes;
}

function readNumber(text: string | undefined): Value {
  if (text === undefined || text === "") return null;
  const number = Number(text.replace(/[\s,]/g, ""));
  return Number.isNaN(number) ? text : number;
}

/** Every structure that occurs at least twice among the scopes on show gets a hue. */
function byStructure(shown: readonly Item[]): Colouring {
  const groups = new Map<number, Item[]>();
  for (const item of shown) {
    if (item.kind === "op" || item.kind === "section") continue;
    const group = groups.get(item.structure);
    if (group) group.push(item);
    else groups.set(item.structure, [item]);
  }
  const repeated = [...groups].filter(([, group]) => group.length > 1 || group[0]?.kind === "series");
  const roles = new Map(repeated.map(([structure], at) => [structure, HUES[at % HUES.length] ?? "hue0"]));
  const legend = repeated.slice(0, MAX_ENTRIES).map(([structure, group]) => ({
    role: roles.get(structure) ?? "hue0",
    text: tr("{count} like {path}", {
      count: group.reduce((sum, item) => sum + (item.kind === "series" ? membersOf(item).length : 1), 0),
      path: group[0]?.path ?? "",
    }),
  }));
  return { title: "", legend, roleOf: (item) => (item.kind === "op" ? null : (roles.get(item.structure) ?? null)) };
}

/** A box takes the colour of what most of its ops have. */
function byText(scene: Scene, valueOf: ValueOf, counts: ReadonlyMap<string, number>): Colouring {
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const isDifference = sorted.every(([text]) => text in DIFFERENCES);
  const roles = new Map(sorted.map(([text], at) => [text, (isDifference ? DIFFERENCES[text] : HUES[at % HUES.length]) ?? "hue0"]));
  const roleOf = (item: Item): Role | null => {
    const inside = new Map<string, number>();
    for (const index of scene.tree.nodesIn(item)) {
      const node = scene.nodes[index];
      const value = node ? valueOf(node) : null;
      if (value !== null) inside.set(String(value), (inside.get(String(value)) ?? 0) + 1);
    }
    // One changed op must not be lost among a thousand that stayed.
    if (isDifference && inside.size > 1) return inside.has("changed") ? DIFFERENCES["changed"] ?? null : "changed";
    const [most] = [...inside].sort(([, x], [, y]) => y - x);
    return most ? (roles.get(most[0]) ?? null) : null;
  };
  const legend = sorted.slice(0, MAX_ENTRIES).map(([text, count]) => ({ role: roles.get(text) ?? "hue0", text: `${text in DIFFERENCES ? tr(text as Difference) : text} (${grouped(count)})` }));
  return { title: "", legend, roleOf };
}

/** Scopes carry the sum of what is inside; the scale ends at the largest that is coloured, which open ones are not. */
function byNumber(scene: Scene, valueOf: ValueOf, shown: readonly Item[]): Omit<Colouring, "title"> {
  const sums = new Map<Item, number | null>();
  const sumOf = (item: Item): number | null => {
    const known = sums.get(item);
    if (known !== undefined) return known;
    let sum: number | null = null;
    for (const index of scene.tree.nodesIn(item)) {
      const node = scene.nodes[index];
      const value = node ? valueOf(node) : null;
      if (typeof value === "number" && Number.isFinite(value)) sum = (sum ?? 0) + value;
    }
    sums.set(item, sum);
    return sum;
  };
  const open = new Set(shown.map((item) => item.parent));
  const all = shown.flatMap((item) => (open.has(item) ? [] : (sumOf(item) ?? [])));
  const [least, most] = [Math.min(0, ...all), Math.max(0, ...all)];
  const heatOf = (value: number): Role => {
    const share = most > least ? (value - least) / (most - least) : 0;
    return HEATS[Math.min(Math.floor(share * HEATS.length), HEATS.length - 1)] ?? "heat0";
  };
  const step = (most - least) / HEATS.length;
  const legend = HEATS.map((role, at) => ({ role, text: tr("{least} to {most}", { least: quantity(least + at * step), most: quantity(least + (at + 1) * step) }) }));
  const roleOf = (item: Item): Role | null => {
    const sum = sumOf(item);
    return sum === null ? null : heatOf(sum);
  };
  return { legend, roleOf };
}

function quantity(value: number): string {
  return new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 }).format(value);
}
