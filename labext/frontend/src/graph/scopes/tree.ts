/** The hierarchy of a graph: scopes from names, variables as one thing, repeats folded into series. */

import type { GraphNode } from "../model/graph_model.ts";
import { isVariableOp } from "../model/op_kinds.ts";
import { finish, inChunks, type Steps } from "../steps.ts";
import { type Item, newItem, Tree } from "./items.ts";
import { findParents, type Parents } from "./names.ts";
import { cutIntoSections, MAX_CHILDREN } from "./sections.ts";
import { foldSeries, MIN_SERIES_LENGTH } from "./series.ts";
import { Structure, textNumber } from "./structure.ts";

const ITEMS_A_STEP = 1000;
const CHILDREN_A_STEP = 5000;

/**
 * Builds the hierarchy. An op whose name is also a scope's goes into that scope as `(name)`, as in TensorBoard.
 * @param ungrouped paths of series that are to stand apart.
 */
export function buildTree(nodes: readonly GraphNode[], ungrouped: ReadonlySet<string> = new Set()): Tree {
  return finish(treeSteps(nodes, ungrouped));
}

export function* treeSteps(nodes: readonly GraphNode[], ungrouped: ReadonlySet<string>): Steps<Tree> {
  const root = newItem("scope", "", "", null);
  const parents = yield* findParents(nodes);
  const scopes = yield* createScopes(root, parents);
  const itemOfNode: Item[] = [];
  const opStructures = new Map<string, number>();
  let [around, path] = [root, ""];
  yield* inChunks(nodes.length, ITEMS_A_STEP, (start, end) => {
    for (let index = start; index < end; index++) {
      const node = nodes[index] as GraphNode;
      const own = parents.ofNode[index] ?? "";
      if (own !== path) [around, path] = [scopes.get(own) ?? root, own];
      const twin = scopes.get(node.name);
      const parent = twin ?? around;
      const label = twin ? `(${twin.label})` : labelIn(parent, node.name);
      const item = newItem("op", twin ? `${node.name}/${label}` : node.name, label, parent);
      item.node = node;
      item.size = 1;
      item.structure = opStructures.get(node.op) ?? textNumber(node.op);
      opStructures.set(node.op, item.structure);
      if (twin) twin.node = node;
      parent.children.push(item);
      itemOfNode.push(item);
    }
  });
  for (const scope of scopes.values()) if (scope.node !== null && isVariableOp(scope.node.op)) scope.kind = "variable";
  yield;
  const loose = new Map<Item, string>();
  yield* shape([root, ...scopes.values()], ungrouped, scopes, loose);
  return new Tree(root, scopes, itemOfNode, loose);
}

/** Creates every scope before those inside it, so that the order of the map is top down. */
function* createScopes(root: Item, parents: Parents): Steps<Map<string, Item>> {
  const scopes = new Map<string, Item>();
  let last = "";
  yield* inChunks(parents.ofNode.length, ITEMS_A_STEP, (start, end) => {
    for (let index = start; index < end; index++) {
      const own = parents.ofNode[index] ?? "";
      if (own === last) continue;
      last = own;
      const missing: string[] = [];
      for (let path = own; path !== "" && !scopes.has(path); path = parents.of(path)) missing.push(path);
      for (const created of missing.reverse()) {
        const parent = scopes.get(parents.of(created)) ?? root;
        const scope = newItem("scope", created, labelIn(parent, created), parent);
        parent.children.push(scope);
        scopes.set(created, scope);
      }
    }
  });
  return scopes;
}

function labelIn(scope: Item, path: string): string {
  return scope.path === "" ? path : path.slice(scope.path.length + 1);
}

/**
 * Bottom up: number of ops, structure, series; then top down: depths, and sections where a scope is still too wide.
 * Most scopes are small, and are spared generators of their own.
 */
function* shape(topDown: readonly Item[], ungrouped: ReadonlySet<string>, groups: Map<string, Item>, loose: Map<Item, string>): Steps<void> {
  let work = 0;
  for (const scope of topDown.toReversed()) {
    for (const child of scope.children) scope.size += child.size;
    const structure = new Structure(scope);
    for (let start = 0; start < scope.children.length; start += CHILDREN_A_STEP) {
      if (start > 0) yield;
      structure.add(start, Math.min(start + CHILDREN_A_STEP, scope.children.length));
    }
    scope.structure = structure.number;
    if (scope.children.length >= MIN_SERIES_LENGTH) yield* foldSeries(scope, ungrouped, groups, loose);
    work += scope.children.length;
    if (work > ITEMS_A_STEP) yield;
    if (work > ITEMS_A_STEP) work = 0;
  }
  const stack = topDown.slice(0, 1);
  for (let item = stack.pop(); item; item = stack.pop()) {
    if (item.children.length > MAX_CHILDREN) yield* cutIntoSections(item, groups);
    for (const child of item.children) {
      child.depth = item.depth + 1;
      if (child.children.length > 0) stack.push(child);
    }
    work += item.children.length;
    if (work > 4 * ITEMS_A_STEP) yield;
    if (work > 4 * ITEMS_A_STEP) work = 0;
  }
}
