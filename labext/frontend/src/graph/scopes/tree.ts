/** The hierarchy of a graph: scopes from names, variables as one thing, repeats folded into series. */

import type { GraphNode } from "../model/graph_model.ts";
import { isConstantOp, isVariableOp } from "../model/op_kinds.ts";
import { foldSeries } from "./series.ts";

export type ItemKind = "op" | "scope" | "variable" | "series";

/** A place in the hierarchy: an op, or something that opens to more of them. */
export interface Item {
  kind: ItemKind;
  /** Unique and stable: the node's name, a scope's name, or `stem[*]` for a series. */
  readonly path: string;
  /** The last part of the name. */
  readonly label: string;
  parent: Item | null;
  depth: number;
  children: Item[];
  /** The op itself; for a scope that shares its name with an op, that op. */
  node: GraphNode | null;
  /** Number of ops inside, the item itself included if it is one. */
  size: number;
  /** Equal for items of equal structure: same op, or same children by label and structure. */
  structure: number;
}

export interface Tree {
  readonly root: Item;
  readonly byPath: ReadonlyMap<string, Item>;
  /** The item of each node, by node index. */
  readonly itemOfNode: readonly Item[];
}

/** Names nested deeper than this keep the rest of their name as a label. */
const MAX_DEPTH = 64;

/**
 * Builds the hierarchy. An op whose name is also a scope's goes into that scope as `(name)`, as in TensorBoard.
 * @param ungrouped paths of series that are to stand apart.
 */
export function buildTree(nodes: readonly GraphNode[], ungrouped: ReadonlySet<string> = new Set()): Tree {
  const root = newItem("scope", "", "", null);
  const parentOf = parentFinder(nodes);
  const scopes = createScopes(nodes, root, parentOf);
  const byPath = new Map<string, Item>();
  const itemOfNode = nodes.map((node) => {
    const twin = scopes.get(node.name);
    const parent = twin ?? scopes.get(parentOf(node.name)) ?? root;
    const label = twin ? `(${twin.label})` : labelIn(parent, node.name);
    const item = newItem("op", twin ? `${node.name}/${label}` : node.name, label, parent);
    item.node = node;
    item.size = 1;
    if (twin) twin.node = node;
    parent.children.push(item);
    byPath.set(item.path, item);
    return item;
  });
  const ordered = [root, ...scopes.values()];
  for (const scope of scopes.values()) {
    if (scope.node !== null && isVariableOp(scope.node.op)) scope.kind = "variable";
    byPath.set(scope.path, scope);
  }
  measure(ordered, itemOfNode);
  for (const scope of ordered) foldSeries(scope, ungrouped, byPath);
  setDepths(root);
  return { root, byPath, itemOfNode };
}

/** The item's ancestors from its parent up to, but not including, the root. */
export function ancestorsOf(item: Item): Item[] {
  const ancestors: Item[] = [];
  for (let at = item.parent; at?.parent; at = at.parent) ancestors.push(at);
  return ancestors;
}

export function isOpenable(item: Item): boolean {
  return item.kind !== "op";
}

export function newItem(kind: ItemKind, path: string, label: string, parent: Item | null): Item {
  return { kind, path, label, parent, depth: 0, children: [], node: null, size: 0, structure: 0 };
}

type ParentOf = (name: string) => string;

/** Finds the scope of a name. An op with nothing but constants under its name is no scope: they stand beside it. */
function parentFinder(nodes: readonly GraphNode[]): ParentOf {
  /** Every prefix of a name, and whether anything but constants is below it. */
  const isFilled = new Map<string, boolean>();
  for (const { name, op } of nodes) {
    const fills = !isConstantOp(op);
    for (let path = parentPath(name); path !== "" && isFilled.get(path) !== true; path = parentPath(path)) {
      if (!fills && isFilled.has(path)) break;
      isFilled.set(path, fills);
    }
  }
  const hollow = new Set(nodes.filter(({ name }) => isFilled.get(name) === false).map(({ name }) => name));
  return (name) => {
    let path = parentPath(name);
    while (hollow.has(path)) path = parentPath(path);
    return path;
  };
}

/** Creates every scope before those inside it, so that the order of the map is top down. */
function createScopes(nodes: readonly GraphNode[], root: Item, parentOf: ParentOf): Map<string, Item> {
  const scopes = new Map<string, Item>();
  for (const { name } of nodes) {
    const missing: string[] = [];
    for (let path = parentOf(name); path !== "" && !scopes.has(path); path = parentOf(path)) missing.push(path);
    for (const created of missing.reverse()) {
      const parent = scopes.get(parentOf(created)) ?? root;
      const scope = newItem("scope", created, labelIn(parent, created), parent);
      parent.children.push(scope);
      scopes.set(created, scope);
    }
  }
  return scopes;
}

function parentPath(path: string): string {
  let end = path.lastIndexOf("/");
  if (end > 4 * MAX_DEPTH) {
    end = -1;
    for (let depth = 0; depth < MAX_DEPTH; depth++) {
      const next = path.indexOf("/", end + 1);
      if (next < 0) break;
      end = next;
    }
  }
  return end > 0 ? path.slice(0, end) : "";
}

function labelIn(scope: Item, path: string): string {
  return scope.path === "" ? path : path.slice(scope.path.length + 1);
}

/** Bottom up: number of ops and structure of every scope. */
function measure(ordered: readonly Item[], ops: readonly Item[]): void {
  const structures = new Map<string, number>();
  const numberOf = (text: string): number => {
    const known = structures.get(text);
    if (known !== undefined) return known;
    structures.set(text, structures.size);
    return structures.size - 1;
  };
  for (const op of ops) op.structure = numberOf(op.node?.op ?? "");
  for (const scope of ordered.toReversed()) {
    scope.size = scope.children.reduce((sum, child) => sum + child.size, 0);
    const parts = scope.children.map((child) => `${child.node === scope.node && child.kind === "op" ? "" : child.label}:${child.structure}`);
    scope.structure = numberOf(`${scope.kind}/${parts.sort().join("/")}`);
  }
}

function setDepths(root: Item): void {
  const stack = [root];
  for (let item = stack.pop(); item; item = stack.pop()) {
    for (const child of item.children) {
      child.depth = item.depth + 1;
      stack.push(child);
    }
  }
}
