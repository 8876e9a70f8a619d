/** From a graph and a view state to a picture: the stages in their order. */

import type { ViewState } from "../protocol/view_state.ts";
import { type Colouring, colouringOf } from "./colours/colouring.ts";
import { displayListSteps } from "./displaylist/build.ts";
import type { DisplayList } from "./displaylist/items.ts";
import { placeOnSheet, type Sheet } from "./displaylist/placement.ts";
import { NestedLayout, type ScopeChild, type ScopeLayout } from "./layout/nested.ts";
import type { GraphNode } from "./model/graph_node.ts";
import type { Item, Tree } from "./scopes/items.ts";
import { finish, type Steps } from "./steps.ts";
import { Scene } from "./visible/scene.ts";

export interface Picture {
  readonly scene: Scene;
  readonly sheet: Sheet;
  readonly colouring: Colouring | null;
  readonly list: DisplayList;
  readonly layout: ScopeLayout;
}

/** So many of the closed scopes on show, the largest, are laid out before they are opened; small ones open fast anyway. */
const MAX_AHEAD = 24;

/** Draws again and again what changes, keeping what does not. */
export class PictureBuilder {
  readonly #layout = new NestedLayout();
  readonly #isAhead = new WeakSet<ScopeChild>();
  #scene: Scene | null = null;
  #sceneKey = "";

  /** Forgets the hierarchy: the graph has changed. */
  invalidate(): void {
    this.#scene = null;
  }

  build(nodes: readonly GraphNode[], state: ViewState): Picture {
    return finish(this.steps(nodes, state));
  }

  *steps(nodes: readonly GraphNode[], state: ViewState): Steps<Picture> {
    const key = state.ungrouped.join("\n");
    let scene = this.#sceneKey === key ? this.#scene : null;
    if (!scene) {
      scene = yield* Scene.steps(nodes, new Set(state.ungrouped));
      this.#scene = scene;
      this.#sceneKey = key;
    }
    const open = yield* scene.openScopes(state);
    const layout = yield* this.#layout.steps(scene.tree.root, open, state.direction);
    const sheet = placeOnSheet(layout, state.direction);
    yield;
    const colouring = colouringOf(scene, state, sheet.boxes.map(({ item }) => item));
    return { scene, sheet, colouring, list: yield* displayListSteps(sheet, colouring), layout };
  }

  /** Does beforehand what it takes to open the scope at `path`, if the picture shows it closed. */
  *aheadAt(picture: Picture, state: ViewState, path: string | null): Steps<void> {
    for (const closed of closedIn(picture.layout)) if (closed.child.item.path === path) yield* this.#ahead(picture.scene, state, closed);
  }

  /** The same for the scopes in which most is open, then for the largest. */
  *aheadSteps({ scene, layout }: Picture, state: ViewState): Steps<void> {
    const opened = openedWith(state, scene.tree);
    const urgency = (item: Item): number => opened.get(item) ?? 0;
    const closed = [...closedIn(layout)].sort(({ child: { item: a } }, { child: { item: b } }) => urgency(b) - urgency(a) || b.size - a.size);
    for (const one of closed.slice(0, MAX_AHEAD)) yield* this.#ahead(scene, state, one);
  }

  *#ahead(scene: Scene, state: ViewState, { child, around }: Closed): Steps<void> {
    if (this.#isAhead.has(child)) return;
    const open = yield* scene.openScopes({ ...state, expanded: [...state.expanded, child.item.path] });
    yield* this.#layout.ahead(child.item, around, open, state.direction);
    this.#isAhead.add(child);
  }
}

/** How many scopes open with each item, because they are open in it. */
function openedWith({ expanded }: ViewState, tree: Tree): ReadonlyMap<Item, number> {
  const counts = new Map<Item, number>();
  for (const path of expanded) {
    for (let around = tree.get(path)?.parent; around; around = around.parent) counts.set(around, (counts.get(around) ?? 0) + 1);
  }
  return counts;
}

/** A closed scope of a picture, and where it is. */
interface Closed {
  readonly child: ScopeChild;
  readonly around: ScopeLayout;
}

function* closedIn(around: ScopeLayout): Generator<Closed> {
  for (const child of around.children) {
    if (child.open) yield* closedIn(child.open);
    else if (child.item.kind !== "op") yield { child, around };
  }
}
