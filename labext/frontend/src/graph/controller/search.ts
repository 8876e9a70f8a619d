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
  const hasOp = remembered((op) => pattern.test(op));
  const hasAttribute = remembered((attributes) => attributeLines(attributes).some((line) => pattern.test(line)));
  tree.each((item) => {
    if (item.kind === "section" || (item.kind === "series" && item.children.length === 0)) return;
    const node = item.kind === "op" ? item.node : null;
    if (pattern.test(item.path) || (node && hasOp(node.op))) named.add(item);
    else if (node && hasAttribute(node.attributes)) attributed.add(item);
  });
  return { first: [...named.items, ...attributed.items].slice(0, MAX_SHOWN), total: named.total + attributed.total };
}

/** Many nodes share their operation, and the text of their attributes. */
function remembered(doesMatch: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    let answer = known.get(text);
    if (answer === undefined) known.set(text, (answer = doesMatch(text)));
    return answer;
  };
}

function attributeLines(attributes: string): string[] {
  if (attributes === "") return [];
  return Object.entries(JSON.parse(attributes) as Readonly<Record<string, string>>).map(([name, value]) => `${name}=${value}`);
}

/** Counts items and keeps those with the shortest paths. */
class Shortest {
  readonly items: Item[] = [];
  total = 0;

  add(item: Item): void {
    this.total++;
    if (this.items.length < MAX_SHOWN || item.path.length < (this.items.at(-1)?.path.length ?? 0)) this.#insert(item);
  }

  #insert(item: Item): void {
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
