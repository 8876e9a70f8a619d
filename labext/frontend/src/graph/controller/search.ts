/** Finds items whose name or op type matches. */

import type { Item, Tree } from "../scopes/tree.ts";

export interface Hits {
  readonly first: readonly Item[];
  readonly total: number;
}

const MAX_SHOWN = 50;

/** Matches a regular expression, or the plain text if it is none; case does not matter. */
export function search(tree: Tree, query: string): Hits {
  if (query === "") return { first: [], total: 0 };
  const pattern = patternOf(query);
  const first: Item[] = [];
  let total = 0;
  for (const item of tree.byPath.values()) {
    if (!pattern.test(item.path) && !(item.kind === "op" && pattern.test(item.node?.op ?? ""))) continue;
    if (item.kind === "series" && item.children.length === 0) continue;
    total++;
    if (first.length < MAX_SHOWN) first.push(item);
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
