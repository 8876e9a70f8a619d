/** The search field with its list of hits. */

import { tr } from "../../language/language.ts";
import type { Tree } from "../scopes/items.ts";
import { make, makeButton } from "./elements.ts";
import { search } from "./search.ts";

export interface SearchBox {
  readonly element: HTMLElement;
  focus(): void;
}

export function makeSearchBox(treeOf: () => Tree | null, select: (path: string) => void): SearchBox {
  const input = make("input", { type: "search", placeholder: tr("Search (regex)"), "aria-label": tr("Search nodes by name or operation") });
  const list = make("ul", { class: "labext-hits" });
  list.hidden = true;
  const choose = (path: string): void => {
    list.hidden = true;
    select(path);
  };
  const update = (): void => {
    const tree = treeOf();
    const { first, total } = tree ? search(tree, input.value) : { first: [], total: 0 };
    list.replaceChildren(
      make("li", { class: "labext-count", role: "status" }, total === 0 ? tr("nothing found") : tr("{count} found", { count: total })),
      ...first.map((item) => make("li", {}, makeButton(item.path, "", () => choose(item.path)), make("span", {}, item.node?.op ?? tr(item.kind)))),
    );
    list.hidden = input.value === "";
  };
  input.addEventListener("input", update);
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") input.value = "";
    if (event.key === "Escape") update();
    if (event.key === "Enter") list.querySelector("button")?.click();
  });
  const element = make("div", { class: "labext-search" }, input, list);
  element.addEventListener("focusout", (event) => {
    if (!element.contains(event.relatedTarget as Node | null)) list.hidden = true;
  });
  return { element, focus: () => input.focus() };
}
