/** The hierarchy of a graph: scopes from names, variables as one thing, repeats folded into series. */

import type { GraphNode } from "../model/graph_node.ts";
import { isVariableOp } from "../model/op_kinds.ts";
import { finish, inChunks, type Steps } from "../steps.ts";
import { Groups, type Item, newItem, Tree } from "./items.ts";
import { NO_SCOPE, ScopeNames } from "./names.ts";
import { cutIntoSections, MAX_CHILDREN } from "./sections.ts";
import { foldSeries, mayHoldSeries } from "./series.ts";
import { Structure, textNumber } from "./structure.ts";

const ITEMS_A_STEP = 500;
const CHILDREN_A_STEP = 1000;

/**
 * Builds the hierarchy. An op whose name is also a scope's goes into that scope as `(name)`, as in TensorBoard.
 * @param ungrouped paths of series that are to stand apart.
 */
export function buildTree(nodes: readonly GraphNode[], ungrouped: ReadonlySet<string> = new Set()): Tree {
  return finish(treeSteps(nodes, ungrouped));
}

export function* treeSteps(nodes: readonly GraphNode[], ungrouped: ReadonlySet<string>): Steps<Tree> {
  const root = newItem("scope", "", "", null);
  const names = yield* ScopeNames.steps(nodes);
  const scopes: (Item | undefined)[] = [];
  yield* inChunks(names.paths.length, ITEMS_A_STEP, (start, end) => addScopes(root, scopes, names, start, end));
  const itemOfNode: Item[] = [];
  const opStructures = new Map<string, number>();
  yield* inChunks(nodes.length, ITEMS_A_STEP, (start, end) => {
    for (let index = start; index < end; index++) itemOfNode.push(addOp(nodes[index] as GraphNode, root, scopes, names, opStructures));
  });
  const groups = new Groups(scopes, (path) => names.numberOf(path));
  const loose = new Map<Item, string>();
  yield* measure(root, scopes, ungrouped, groups, loose);
  const order = new Uint32Array(nodes.length);
  yield* putInOrder(root, order, groups);
  return new Tree(root, groups, itemOfNode, order, loose);
}

function addScopes(root: Item, scopes: (Item | undefined)[], names: ScopeNames, start: number, end: number): void {
  for (let number = start; number < end; number++) {
    if (names.isHollow(number)) {
      scopes.push(undefined);
      continue;
    }
    const path = names.paths[number] ?? "";
    const parent = scopes[names.parents[number] ?? NO_SCOPE] ?? root;
    const scope = newItem("scope", path, labelIn(parent, path), parent);
    parent.children.push(scope);
    scopes.push(scope);
  }
}

function addOp(node: GraphNode, root: Item, scopes: readonly (Item | undefined)[], names: ScopeNames, structures: Map<string, number>): Item {
  const { index, name, op } = node;
  const twin = scopes[names.twins[index] ?? NO_SCOPE];
  const parent = twin ?? scopes[names.ofNode[index] ?? NO_SCOPE] ?? root;
  const label = twin ? `(${twin.label})` : labelIn(parent, name);
  const item = newItem("op", twin ? `${name}/${label}` : name, label, parent);
  item.node = node;
  item.size = 1;
  item.earliest = index;
  item.structure = structures.get(op) ?? textNumber(op);
  structures.set(op, item.structure);
  if (twin) {
    twin.node = node;
    if (isVariableOp(op)) twin.kind = "variable";
  }
  parent.children.push(item);
  return item;
}

function labelIn(scope: Item, path: string): string {
  return scope.path === "" ? path : path.slice(scope.path.length + 1);
}

/** Bottom up: numbers of ops, structures, series. */
function* measure(root: Item, scopes: readonly (Item | undefined)[], ungrouped: ReadonlySet<string>, groups: Groups, loose: Map<Item, string>): Steps<void> {
  let work = 0;
  for (let at = scopes.length - 1; at >= -1; at--) {
    const scope = at < 0 ? root : scopes[at];
    if (!scope) continue;
    const { children } = scope;
    const structure = new Structure(scope);
    scope.earliest = children[0]?.earliest ?? 0;
    for (let start = 0; start < children.length; start += CHILDREN_A_STEP) {
      if (start > 0) yield;
      const end = Math.min(start + CHILDREN_A_STEP, children.length);
      structure.add(start, end);
      addUp(scope, start, end);
    }
    scope.structure = structure.number;
    if (mayHoldSeries(scope)) yield* foldSeries(scope, ungrouped, groups, loose);
    work += children.length;
    if (work > ITEMS_A_STEP) yield;
    if (work > ITEMS_A_STEP) work = 0;
  }
}

function addUp(scope: Item, start: number, end: number): void {
  for (let at = start; at < end; at++) {
    const child = scope.children[at] as Item;
    scope.size += child.size;
    if (child.earliest < scope.earliest) scope.earliest = child.earliest;
  }
}

/** Top down: sections where a scope is still too wide, depths, the order of the ops. */
function* putInOrder(root: Item, order: Uint32Array, groups: Groups): Steps<void> {
  const stack = [root];
  let work = 0;
  for (let item = stack.pop(); item; item = stack.pop()) {
    if (item.children.length > MAX_CHILDREN) yield* cutIntoSections(item, groups);
    placeChildren(item, order, stack);
    work += item.children.length;
    if (work > ITEMS_A_STEP) yield;
    if (work > ITEMS_A_STEP) work = 0;
  }
}

function placeChildren(item: Item, order: Uint32Array, stack: Item[]): void {
  let next = item.first;
  for (const child of item.children) {
    child.depth = item.depth + 1;
    child.first = next;
    next += child.size;
    if (child.kind === "op") order[child.first] = child.earliest;
    else stack.push(child);
  }
}
