/** Finds items whose name, op type or attributes match. */

import type { Item, Tree } from "../scopes/items.ts";

export interface Hits {
  readonly first: readonly Item[];
  readonly total: number;
}

const MAX_SHOWN = 50;

/**
 * Matches a regular expression, or the plain text if it is none; case does not matter. Attributes read `name=value`.
 * What matches by name or op type comes before what matches by an attribute, and short paths first.
 */
export function search(tree: Tree, query: string): Hits {
  if (query === "") return { first: [], total: 0 };
  const pattern = patternOf(query);
  const named = new Shortest();
  const attributed = new Shortest();
  /** Many nodes share their attributes' text. */
  const known = new Map<string, boolean>([["", false]]);
  for (const item of tree.items()) {
    if (item.kind === "section" || (item.kind === "series" && item.children.length === 0)) continue;
    const node = item.kind === "op" ? item.node : null;
    if (pattern.test(item.path) || (node && pattern.test(node.op))) {
      named.add(item);
      continue;
    }
    if (!node) continue;
    let doMatch = known.get(node.attributes);
    if (doMatch === undefined) known.set(node.attributes, (doMatch = attributeLines(node.attributes).some((line) => pattern.test(line))));
    if (doMatch) attributed.add(item);
  }
  return { first: [...named.items, ...attributed.items].slice(0, MAX_SHOWN), total: named.total + attributed.total };
}

function attributeLines(attributes: string): string[] {
  return Object.entries(JSON.parse(attributes) as Readonly<Record<string, string>>).map(([name, value]) => `${name}=${value}`);
}

/** Counts items and keeps those with the shortest paths. */
class Shortest {
  readonly items: Item[] = [];
  total = 0;

  add(item: Item): void {
    this.total++;
    const worst = this.items.at(-1);
    if (this.items.length >= MAX_SHOWN && worst && item.path.length >= worst.path.length) return;
    const place = this.items.findLastIndex(({ path }) => path.length <= item.path.length) + 1;
    this.items.splice(place, 0, item);
    if (this.items.length > MAX_SHOWN) this.items.pop();
  }
}

function patternOf(query: string): RegExp {
  try {
    return new RegExp(query, "i");
  } catch {
    return new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i");
  }
}
