/** The hierarchy's items. */

import type { GraphNode } from "../model/graph_model.ts";

/** A section is a stretch of a scope that has too many children to show at once. */
export type ItemKind = "op" | "scope" | "variable" | "series" | "section";

/** A place in the hierarchy: an op, or something that opens to more of them. */
export interface Item {
  kind: ItemKind;
  /** Unique and stable: the node's name, a scope's name, `stem[*]` for a series, `scope/[first…]` for a section. */
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

/** Ops have nothing inside, and there are many of them. */
const NOTHING: Item[] = Object.freeze([]) as unknown as Item[];

export class Tree {
  readonly root: Item;
  /** The item of each node, by node index. */
  readonly itemOfNode: readonly Item[];
  /** Everything that opens, by path. */
  readonly groups: ReadonlyMap<string, Item>;
  /** The path of the series that an item would be in, had it not been ungrouped. */
  readonly seriesOfLoose: ReadonlyMap<Item, string>;
  #ops: Map<string, Item> | null = null;

  constructor(root: Item, groups: ReadonlyMap<string, Item>, itemOfNode: readonly Item[], seriesOfLoose: ReadonlyMap<Item, string>) {
    this.root = root;
    this.groups = groups;
    this.itemOfNode = itemOfNode;
    this.seriesOfLoose = seriesOfLoose;
  }

  get(path: string): Item | undefined {
    const group = this.groups.get(path);
    if (group || path === "") return group;
    // Built when first asked for an op: a picture needs none of it.
    this.#ops ??= new Map(this.itemOfNode.map((item) => [item.path, item]));
    return this.#ops.get(path);
  }

  *items(): Generator<Item> {
    yield* this.itemOfNode;
    yield* this.groups.values();
  }
}

export function newItem(kind: ItemKind, path: string, label: string, parent: Item | null): Item {
  return { kind, path, label, parent, depth: 0, children: kind === "op" ? NOTHING : [], node: null, size: 0, structure: 0 };
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

/** What is side by side in an item, whether or not sections keep it apart. */
export function membersOf(item: Item): readonly Item[] {
  return item.children[0]?.kind === "section" ? item.children.flatMap(membersOf) : item.children;
}

/** How many stand side by side in an item. */
export function memberCount({ children }: Item): number {
  return children[0]?.kind === "section" ? children.reduce((sum, section) => sum + memberCount(section), 0) : children.length;
}

/** Indices of the nodes inside, in the order of the hierarchy. */
export function nodesInside(item: Item): number[] {
  const indices: number[] = [];
  const stack = [item];
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (at.kind === "op" && at.node) indices.push(at.node.index);
    for (let child = at.children.length - 1; child >= 0; child--) {
      const inner = at.children[child];
      if (inner) stack.push(inner);
    }
  }
  return indices;
}
