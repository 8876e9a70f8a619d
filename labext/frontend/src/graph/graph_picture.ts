/** From a graph and a view state to a picture: the stages in their order. */

import type { ViewState } from "../protocol/view_state.ts";
import { buildDisplayList } from "./displaylist/build.ts";
import type { DisplayList } from "./displaylist/items.ts";
import { placeOnSheet, type Sheet } from "./displaylist/placement.ts";
import { NestedLayout } from "./layout/nested.ts";
import type { GraphNode } from "./model/graph_model.ts";
import { Scene } from "./visible/scene.ts";

export interface Picture {
  readonly scene: Scene;
  readonly sheet: Sheet;
  readonly list: DisplayList;
}

/** Draws again and again what changes, keeping what does not. */
export class PictureBuilder {
  readonly #layout = new NestedLayout();
  #scene: Scene | null = null;
  #sceneKey = "";

  /** Forgets the hierarchy: the graph has changed. */
  invalidate(): void {
    this.#scene = null;
  }

  build(nodes: readonly GraphNode[], state: ViewState): Picture {
    const key = state.ungrouped.join("\n");
    if (!this.#scene || this.#sceneKey !== key) {
      this.#scene = new Scene(nodes, new Set(state.ungrouped));
      this.#sceneKey = key;
    }
    const scene = this.#scene;
    const layout = this.#layout.layout(scene.tree.root, scene.openScopes(state), state.direction);
    const sheet = placeOnSheet(layout, state.direction);
    return { scene, sheet, list: buildDisplayList(sheet) };
  }
}
