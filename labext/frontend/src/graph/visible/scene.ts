/** What is on show: for every open scope its level, split into main graph and auxiliary area. Cached per graph. */

import type { ViewState } from "../../protocol/view_state.ts";
import type { GraphNode } from "../model/graph_model.ts";
import { buildTree, type Item, type Tree } from "../scopes/tree.ts";
import { extract, type Extraction } from "./auxiliary.ts";
import { buildLevel, type Consumers, consumersOf, type Level } from "./level.ts";

export interface OpenScope extends Extraction {
  readonly level: Level;
}

export class Scene {
  readonly tree: Tree;
  readonly nodes: readonly GraphNode[];
  readonly consumers: Consumers;
  readonly #levels = new Map<Item, Level>();

  constructor(nodes: readonly GraphNode[], ungrouped: ReadonlySet<string>) {
    this.nodes = nodes;
    this.tree = buildTree(nodes, ungrouped);
    this.consumers = consumersOf(nodes);
  }

  levelOf(scope: Item): Level {
    let level = this.#levels.get(scope);
    if (!level) {
      level = buildLevel(scope, this.tree, this.nodes, this.consumers);
      this.#levels.set(scope, level);
    }
    return level;
  }

  /** The root and every scope whose own and whose ancestors' paths are expanded. */
  openScopes(state: ViewState): ReadonlyMap<Item, OpenScope> {
    const expanded = new Set(state.expanded);
    const included = new Set(state.included);
    const excluded = new Set(state.excluded);
    const open = new Map<Item, OpenScope>();
    const queue: Item[] = [this.tree.root];
    for (let scope = queue.pop(); scope; scope = queue.pop()) {
      const level = this.levelOf(scope);
      open.set(scope, { level, ...extract(level, included, excluded) });
      for (const child of scope.children) if (child.kind !== "op" && expanded.has(child.path)) queue.push(child);
    }
    return open;
  }
}
