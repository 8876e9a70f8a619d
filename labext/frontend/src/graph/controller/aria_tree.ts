/** The tree that screen readers see in place of the picture: the visible items, by scope. */

import { tr } from "../../language/language.ts";
import type { Item } from "../scopes/items.ts";
import { finishWhenIdle, type Steps } from "../steps.ts";
import { make } from "./elements.ts";

/** More rows than this are left out: they would take longer to build than to look for. */
const MAX_ROWS = 2000;
const ROWS_A_STEP = 50;

export interface AriaTree {
  readonly element: HTMLElement;
  /** The visible items in reading order. */
  readonly rows: readonly Item[];
  /** Id of the row of a path, or empty. */
  idOf(path: string | null): string;
  update(root: Item, isOpen: (item: Item) => boolean): void;
}

let treesMade = 0;

export function makeAriaTree(): AriaTree {
  const prefix = `labext-tree-${++treesMade}-`;
  const element = make("div", { class: "labext-tree", role: "presentation" });
  let rows: Item[] = [];
  let indexOf = new Map<string, number>();
  let life = new AbortController();
  function* build(isOpen: (item: Item) => boolean): Steps<HTMLElement[]> {
    const made: HTMLElement[] = [];
    for (const [index, item] of rows.entries()) {
      if (index % ROWS_A_STEP === ROWS_A_STEP - 1) yield;
      made.push(rowOf(item, `${prefix}${index}`, isOpen(item)));
    }
    return made;
  }
  return {
    element,
    get rows() {
      return rows;
    },
    idOf: (path) => (path !== null && indexOf.has(path) ? `${prefix}${indexOf.get(path)}` : ""),
    update(root, isOpen) {
      rows = [];
      const stack = root.children.toReversed();
      for (let item = stack.pop(); item && rows.length < MAX_ROWS; item = stack.pop()) {
        rows.push(item);
        if (isOpen(item)) stack.push(...item.children.toReversed());
      }
      indexOf = new Map(rows.map((item, index) => [item.path, index]));
      life.abort();
      life = new AbortController();
      const { signal } = life;
      // The picture comes first.
      void finishWhenIdle(build(isOpen), signal).then((made) => made && !signal.aborted && element.replaceChildren(...made));
    },
  };
}

function rowOf(item: Item, id: string, isOpen: boolean): HTMLElement {
  const what = item.node?.op ?? `${tr(item.kind)}, ${item.size === 1 ? tr("1 operation") : tr("{count} operations", { count: item.size })}`;
  const row = make("div", { id, role: "treeitem", "aria-level": String(item.depth), "aria-label": `${item.label}, ${what}` });
  if (item.kind !== "op") row.setAttribute("aria-expanded", String(isOpen));
  const siblings = item.parent?.children ?? [];
  row.setAttribute("aria-setsize", String(siblings.length));
  row.setAttribute("aria-posinset", String(siblings.indexOf(item) + 1));
  return row;
}
