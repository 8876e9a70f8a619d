/** What the buttons do to a view state. */

import type { ViewState } from "../../protocol/view_state.ts";
import { ancestorsOf, type Item } from "../scopes/items.ts";

type Edit = Partial<ViewState>;

/** Opening many scopes at once stops at so many items on show. */
const MAX_OPEN_ITEMS = 3000;

export function toggled({ expanded }: ViewState, path: string): Edit {
  return { expanded: expanded.includes(path) ? expanded.filter((other) => other !== path) : [...expanded, path] };
}

/** Selects an item and opens the scopes around it. */
export function selected({ expanded }: ViewState, item: Item): Edit {
  const around = ancestorsOf(item).map(({ path }) => path);
  const isShown = around.every((path) => expanded.includes(path));
  return isShown ? { selected: item.path } : { selected: item.path, expanded: [...new Set([...expanded, ...around])] };
}

/** Opens scopes level by level down to a depth, as long as the picture stays readable. */
export function openedTo(root: Item, depth: number): Edit {
  const expanded: string[] = [];
  let level: readonly Item[] = root.children;
  let shown = level.length;
  for (let at = 0; at < depth && level.length > 0; at++) {
    const next: Item[] = [];
    for (const item of level) {
      if (item.children.length === 0 || shown + item.children.length > MAX_OPEN_ITEMS) continue;
      expanded.push(item.path);
      shown += item.children.length;
      next.push(...item.children);
    }
    level = next;
  }
  return { expanded, viewport: null };
}

/** Moves an item to the auxiliary area or back, whatever the rules say; nothing else moves. */
export function setAside({ included, excluded }: ViewState, path: string, isAside: boolean): Edit {
  const without = (paths: readonly string[]): string[] => paths.filter((other) => other !== path);
  return {
    included: isAside ? without(included) : [...without(included), path],
    excluded: isAside ? [...without(excluded), path] : without(excluded),
  };
}

export function setGrouped({ ungrouped }: ViewState, path: string, isGrouped: boolean): Edit {
  const others = ungrouped.filter((other) => other !== path);
  return { ungrouped: isGrouped ? others : [...others, path], selected: null };
}
