/** What is on show: for every open scope its level, split into main graph and auxiliary area. Cached per graph. */

import type { ViewState } from "../../protocol/view_state.ts";
import type { GraphNode } from "../model/graph_node.ts";
import type { Item, Tree } from "../scopes/items.ts";
import { treeSteps } from "../scopes/tree.ts";
import { Memory, type Steps } from "../steps.ts";
import { extract, type Extraction } from "./auxiliary.ts";
import { Consumers } from "./consumers.ts";
import { type Level, levelSteps } from "./level.ts";

export interface OpenScope extends Extraction {
  readonly level: Level;
}

export class Scene {
  readonly tree: Tree;
  readonly nodes: readonly GraphNode[];
  readonly consumers: Consumers;
  readonly #levels = new Memory<Item, Level>();
  readonly #extracted = new Map<Item, OpenScope>();
  /** What the user moved to or from the auxiliary area, for which `#extracted` holds. */
  #byHand = "";

  private constructor(nodes: readonly GraphNode[], tree: Tree, consumers: Consumers) {
    this.nodes = nodes;
    this.tree = tree;
    this.consumers = consumers;
  }

  static *steps(nodes: readonly GraphNode[], ungrouped: ReadonlySet<string>): Steps<Scene> {
    const tree = yield* treeSteps(nodes, ungrouped);
    const consumers = yield* Consumers.steps(nodes);
    return new Scene(nodes, tree, consumers);
  }

  /** The root and every scope whose own and whose ancestors' paths are expanded. */
  *openScopes(state: ViewState): Steps<ReadonlyMap<Item, OpenScope>> {
    const byHand = JSON.stringify([state.included, state.excluded]);
    if (byHand !== this.#byHand) this.#extracted.clear();
    this.#byHand = byHand;
    const expanded = new Set(state.expanded);
    const included = new Set(state.included);
    const excluded = new Set(state.excluded);
    const open = new Map<Item, OpenScope>();
    const queue: Item[] = [this.tree.root];
    for (let scope = queue.pop(); scope; scope = queue.pop()) {
      const level = yield* this.#levels.get(scope, () => levelSteps(scope, this.tree, this.nodes, this.consumers));
      let extracted = this.#extracted.get(scope);
      if (!extracted) this.#extracted.set(scope, (extracted = { level, ...extract(level, included, excluded) }));
      open.set(scope, extracted);
      for (const child of scope.children) if (child.kind !== "op" && expanded.has(child.path)) queue.push(child);
    }
    return open;
  }
}
