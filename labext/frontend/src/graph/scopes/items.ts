/** The hierarchy's items. */

import type { GraphNode } from "../model/graph_node.ts";

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
  /** Where its ops begin in the order of the hierarchy. */
  first: number;
  /** The least index of the nodes inside. */
  earliest: number;
}

/** Ops have nothing inside, and there are many of them. */
const NOTHING: Item[] = Object.freeze([]) as unknown as Item[];

export class Tree {
  readonly root: Item;
  /** The item of each node, by node index. */
  readonly itemOfNode: readonly Item[];
  /** The path of the series that an item would be in, had it not been ungrouped. */
  readonly seriesOfLoose: ReadonlyMap<Item, string>;
  readonly groups: Groups;
  /** Indices of the nodes in the order of the hierarchy. */
  readonly #order: Uint32Array;
  /** By node: its place in that order. */
  readonly places: Uint32Array;

  constructor(root: Item, groups: Groups, itemOfNode: readonly Item[], order: Uint32Array, seriesOfLoose: ReadonlyMap<Item, string>) {
    this.root = root;
    this.itemOfNode = itemOfNode;
    this.seriesOfLoose = seriesOfLoose;
    this.groups = groups;
    this.#order = order;
    this.places = new Uint32Array(order.length);
    for (let place = 0; place < order.length; place++) this.places[order[place] ?? 0] = place;
  }

  get(path: string): Item | undefined {
    const group = this.groups.get(path);
    if (group || path === "") return group;
    // An op is in the innermost scope that its path names.
    let around: Item | undefined;
    for (let end = path.lastIndexOf("/"); end > 0 && !around; end = path.lastIndexOf("/", end - 1)) around = this.groups.get(path.slice(0, end));
    return opIn(around ?? this.root, path);
  }

  /** Indices of the nodes inside, in the order of the hierarchy. */
  nodesIn({ first, size }: Item): Uint32Array {
    return this.#order.subarray(first, first + size);
  }

  /** Whether a node is inside. */
  isIn(item: Item, node: number): boolean {
    return holds(item, this.places[node] ?? 0);
  }

  /** Goes through all items, the ops first; makes no garbage, which a search would wait for. */
  each(use: (item: Item) => void): void {
    this.itemOfNode.forEach(use);
    this.groups.each(use);
  }
}

/** Everything that opens, by path. */
export class Groups {
  readonly #scopes: readonly (Item | undefined)[];
  readonly #numberOf: (path: string) => number;
  readonly #others = new Map<string, Item>();

  /** @param scopes by the number that `numberOf` gives for a path. */
  constructor(scopes: readonly (Item | undefined)[], numberOf: (path: string) => number) {
    this.#scopes = scopes;
    this.#numberOf = numberOf;
  }

  /** Adds one that no node's name speaks of. */
  add(group: Item): void {
    this.#others.set(group.path, group);
  }

  get(path: string): Item | undefined {
    return this.#others.get(path) ?? this.#scopes[this.#numberOf(path)];
  }

  each(use: (item: Item) => void): void {
    this.#scopes.forEach((scope) => scope && use(scope));
    this.#others.forEach(use);
  }
}

/** Whether a place in the order of the hierarchy is inside. */
export function holds({ first, size }: Pick<Item, "first" | "size">, place: number): boolean {
  return place >= first && place < first + size;
}

function opIn({ children }: Item, path: string): Item | undefined {
  for (const child of children) {
    const found = child.kind === "op" ? child : child.kind === "series" || child.kind === "section" ? opIn(child, path) : undefined;
    if (found?.path === path) return found;
  }
  return undefined;
}

export function newItem(kind: ItemKind, path: string, label: string, parent: Item | null): Item {
  return { kind, path, label, parent, depth: 0, children: kind === "op" ? NOTHING : [], node: null, size: 0, structure: 0, first: 0, earliest: 0 };
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
