/** Numbers that are equal for items of equal structure. */

import type { Item } from "./items.ts";

const MIX = 0x9e3779b1;
const OTHER_MIX = 0x85ebca6b;

/** 53 bits over the letters: two texts with the same number are not to be expected. */
export function textNumber(text: string): number {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b + code, OTHER_MIX) ^ (b >>> 13);
  }
  return join(a, b);
}

/** The number of an item, from its children's labels and structures in whatever order they stand. */
export class Structure {
  readonly #item: Item;
  #a: number;
  #b: number;

  constructor(item: Item) {
    this.#item = item;
    this.#a = item.kind.length;
    this.#b = item.children.length;
  }

  /** Takes in some of the children; each must be taken in once. */
  add(start: number, end: number): void {
    const { node, children } = this.#item;
    for (let at = start; at < end; at++) {
      const child = children[at] as Item;
      const isTwin = child.kind === "op" && child.node === node;
      const label = isTwin ? 0 : textNumber(child.label);
      this.#a += scramble((label >>> 0) ^ Math.imul(child.structure >>> 0, MIX), OTHER_MIX);
      this.#b += scramble(high(label) ^ Math.imul(high(child.structure), OTHER_MIX), MIX);
    }
  }

  get number(): number {
    return join(this.#a | 0, this.#b | 0);
  }
}

function scramble(value: number, factor: number): number {
  const mixed = Math.imul(value ^ (value >>> 15), factor);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

function join(a: number, b: number): number {
  return (a >>> 0) * 2 ** 21 + (b >>> 11);
}

function high(value: number): number {
  return Math.floor(value / 2 ** 21) >>> 0;
}
