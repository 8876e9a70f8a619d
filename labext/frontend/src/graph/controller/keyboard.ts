/** Keys on the stage. Arrows walk the tree of visible items, as in any tree; the rest is listed in the help. */

import type { Message } from "../../language/language.ts";
import { type Item, isOpenable } from "../scopes/items.ts";

export interface KeyboardActions {
  rows(): readonly Item[];
  selected(): string | null;
  isOpen(item: Item): boolean;
  select(path: string | null): void;
  toggle(path: string): void;
  trace(side: "inputs" | "outputs"): void;
  /** Moves an item to the auxiliary area or back. */
  setAside(path: string): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number): void;
  fit(): void;
  search(): void;
  help(): void;
}

export const KEY_HELP = [
  ["↑ ↓ ← →", "walk from node to node, into scopes and out of them"],
  ["Enter", "open or close"],
  ["Tab", "go on to the card, to group, watch or break there"],
  ["Shift + ↑ ↓ ← →", "move the picture"],
  ["+ − 0", "zoom in, zoom out, fit"],
  ["i  o", "trace inputs, outputs"],
  ["x", "remove from or add to the main graph"],
  ["/", "search"],
  ["Esc", "deselect"],
  ["?", "show or hide this help"],
] as const satisfies readonly (readonly [string, Message])[];

const PAN_PIXELS = 60;
const ZOOM_STEP = 1.25;

export function listenToKeys(stage: HTMLElement, actions: KeyboardActions, signal: AbortSignal): void {
  stage.addEventListener("keydown", (event) => {
    if (!handleKey(event, actions)) return;
    // The notebook has commands on the same keys.
    event.preventDefault();
    event.stopPropagation();
  }, { signal });
}

/** Handles a key; false when it means nothing here. */
function handleKey(event: KeyboardEvent, actions: KeyboardActions): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.shiftKey && event.key.startsWith("Arrow")) return panBy(event.key, actions);
  const rows = actions.rows();
  const at = rows.findIndex((item) => item.path === actions.selected());
  const item = rows[at];
  const go = (target: Item | null | undefined): boolean => {
    if (target && target.path !== "") actions.select(target.path);
    return true;
  };
  switch (event.key) {
    case "ArrowDown":
      return go(rows[at + 1]);
    case "ArrowUp":
      return go(rows[Math.max(at - 1, 0)]);
    case "Home":
      return go(rows[0]);
    case "End":
      return go(rows.at(-1));
    case "ArrowRight":
      if (item && isOpenable(item) && !actions.isOpen(item)) actions.toggle(item.path);
      else if (item && isOpenable(item)) go(rows[at + 1]);
      return true;
    case "ArrowLeft":
      if (item && isOpenable(item) && actions.isOpen(item)) actions.toggle(item.path);
      else go(item?.parent);
      return true;
    case "Enter":
    case " ":
      if (item && isOpenable(item)) actions.toggle(item.path);
      return true;
    case "+":
    case "=":
      actions.zoom(ZOOM_STEP);
      return true;
    case "-":
      actions.zoom(1 / ZOOM_STEP);
      return true;
    case "0":
      actions.fit();
      return true;
    case "i":
      actions.trace("inputs");
      return true;
    case "o":
      actions.trace("outputs");
      return true;
    case "x":
      if (item) actions.setAside(item.path);
      return true;
    case "/":
      actions.search();
      return true;
    case "?":
      actions.help();
      return true;
    case "Escape":
      actions.select(null);
      return true;
    default:
      return false;
  }
}

function panBy(key: string, actions: KeyboardActions): boolean {
  const dx = key === "ArrowLeft" ? PAN_PIXELS : key === "ArrowRight" ? -PAN_PIXELS : 0;
  const dy = key === "ArrowUp" ? PAN_PIXELS : key === "ArrowDown" ? -PAN_PIXELS : 0;
  actions.pan(dx, dy);
  return true;
}
