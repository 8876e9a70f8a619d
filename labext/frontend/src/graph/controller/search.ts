/** Finds items whose name or op type matches. */

import type { Item, Tree } from "../scopes/items.ts";

export interface Hits {
  readonly first: readonly Item[];
  readonly total: number;
}

const MAX_SHOWN = 50;

/** Matches a regular expression, or the plain text if it is none; case does not matter. Short paths come first. */
export function search(tree: Tree, query: string): Hits {
  if (query === "") return { first: [], total: 0 };
  const pattern = patternOf(query);
  const first: Item[] = [];
  let total = 0;
  for (const item of tree.items()) {
    if (item.kind === "section" || (item.kind === "series" && item.children.length === 0)) continue;
    if (!pattern.test(item.path) && !(item.kind === "op" && pattern.test(item.node?.op ?? ""))) continue;
    total++;
    const worst = first.at(-1);
    if (first.length >= MAX_SHOWN && worst && item.path.length >= worst.path.length) continue;
    const place = first.findLastIndex(({ path }) => path.length <= item.path.length) + 1;
    first.splice(place, 0, item);
    if (first.length > MAX_SHOWN) first.pop();
  }
  return { first, total };
}

function patternOf(query: string): RegExp {
  try {
    return new RegExp(query, "i");
  } catch {
    return new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i");
  }
}
