/** The ports of a scope: where edges from and to what lies outside cross its border. */

import { holds, type Item } from "../scopes/items.ts";
import { type EdgeKind, KINDS } from "./consumers.ts";

/** Where edges of one kind from or to one outer item enter or leave a scope. */
export interface Port {
  readonly side: "in" | "out";
  readonly kind: EdgeKind;
  /** Path of the outer item, at the level where both ends part. */
  readonly key: string;
}

export const IN = 0;
export const OUT = 1;
const SIDES: readonly Port["side"][] = ["in", "out"];

/** More ports of one kind than this on one side become one. */
const MAX_PORTS = 16;
const NONE = -1;
/** So many outer items are tried before one is looked for. */
const MAX_TRIED = 8;

interface OuterItem {
  readonly first: number;
  readonly size: number;
  readonly path: string;
  /** Numbers of its ports by side and kind, or NONE. */
  readonly ports: Int32Array;
}

export class Ports {
  readonly all: Port[] = [];
  readonly #scope: Item;
  readonly #outer = new Map<Item, OuterItem>();
  /** Stands for all items that have no port of their own. */
  readonly #rest = outerItem({ first: 0, size: 0, path: "*" });
  /** By side and kind. */
  readonly #counts = new Uint32Array(SIDES.length * KINDS.length);
  /** The first of them. */
  readonly #found: OuterItem[] = [];
  #last = this.#rest;

  constructor(scope: Item) {
    this.#scope = scope;
  }

  /** The number of the port for edges of a kind, by its index in KINDS, between the scope and a place outside. */
  numberOf(side: typeof IN | typeof OUT, kind: number, place: number): number {
    // Places one after the other are in few items.
    if (!holds(this.#last, place)) this.#last = this.#foundAt(place) ?? this.#outerItemAt(place);
    const at = side * KINDS.length + kind;
    const known = this.#last.ports[at] ?? NONE;
    return known === NONE ? this.#make(this.#last, at) : known;
  }

  #make(outer: OuterItem, at: number): number {
    const isFull = this.#counts[at] === MAX_PORTS;
    if (!isFull) this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    const { path, ports } = isFull ? this.#rest : outer;
    if (ports[at] === NONE) ports[at] = this.all.push({ side: SIDES[Math.floor(at / KINDS.length)] ?? "in", kind: KINDS[at % KINDS.length] ?? "data", key: path }) - 1;
    return (outer.ports[at] = ports[at] ?? NONE);
  }

  #foundAt(place: number): OuterItem | undefined {
    // Without an iterator: this is asked for each edge that crosses the border.
    for (let at = 0; at < this.#found.length; at++) {
      const outer = this.#found[at];
      if (outer && holds(outer, place)) return outer;
    }
    return undefined;
  }

  /** Outside of the scope is what shares an ancestor with it: the child of the nearest one. */
  #outerItemAt(place: number): OuterItem {
    let around = this.#scope;
    while (around.parent && !holds(around, place)) around = around.parent;
    const item = childAt(around, place);
    let outer = this.#outer.get(item);
    if (!outer) {
      outer = outerItem(item);
      this.#outer.set(item, outer);
      if (this.#found.length < MAX_TRIED) this.#found.push(outer);
    }
    return outer;
  }
}

function outerItem({ first, size, path }: Pick<Item, "first" | "size" | "path">): OuterItem {
  return { first, size, path, ports: new Int32Array(SIDES.length * KINDS.length).fill(NONE) };
}

/** The children follow each other in the order of the hierarchy. */
function childAt({ children }: Item, place: number): Item {
  let low = 0;
  let high = children.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((children[middle]?.first ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return children[low] as Item;
}
