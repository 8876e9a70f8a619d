/** Finds items whose name or op type matches. */

import type { Item, Tree } from "../scopes/tree.ts";

export interface Hits {
  readonly first: readonly Item[];
  readonly total: number;
}

const MAX_SHOWN = 50;

/** Matches a regular expression, or the plain text if it is none; case does not matter. Short paths come first. */
export function search(tree: Tree, query: string): Hits {
  if (query === "") return { first: [], total: 0 };
  const pattern = patternOf(query);
  const hits: Item[] = [];
  for (const item of tree.byPath.values()) {
    if (item.kind === "series" && item.children.length === 0) continue;
    if (pattern.test(item.path) || (item.kind === "op" && pattern.test(item.node?.op ?? ""))) hits.push(item);
  }
  hits.sort((a, b) => a.path.length - b.path.length);
  return { first: hits.slice(0, MAX_SHOWN), total: hits.length };
}

function patternOf(query: string): RegExp {
  try {
    return new RegExp(query, "i");
  } catch {
    return new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i");
  }
}
