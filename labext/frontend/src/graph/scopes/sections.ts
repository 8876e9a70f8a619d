/** Cuts a scope with too many children into sections, so that no picture shows more at once than can be read. */

import type { Steps } from "../steps.ts";
import { type Item, newItem, nodesInside } from "./items.ts";

/** More children than this are cut. */
export const MAX_CHILDREN = 300;
/** The same while a graph grows, so that what is open stays what it was. */
const SECTION_LENGTH = 100;

const CHILDREN_A_STEP = 5000;

/** Sections follow the order in which nodes were made, which is mostly that in which data flows. */
export function* cutIntoSections(scope: Item, byPath: Map<string, Item>): Steps<void> {
  if (scope.children.length <= MAX_CHILDREN) return;
  scope.children = yield* inOrder(scope.children);
  while (scope.children.length > MAX_CHILDREN) {
    const sections: Item[] = [];
    for (let start = 0; start < scope.children.length; start += SECTION_LENGTH) {
      if (start % CHILDREN_A_STEP === 0) yield;
      sections.push(sectionOf(scope, scope.children.slice(start, start + SECTION_LENGTH), byPath));
    }
    scope.children = sections;
  }
}

function* inOrder(children: Item[]): Steps<Item[]> {
  const firsts = new Float64Array(children.length);
  let isOrdered = true;
  for (const [index, child] of children.entries()) {
    if (index % CHILDREN_A_STEP === 0) yield;
    firsts[index] = firstNode(child);
    isOrdered &&= index === 0 || (firsts[index - 1] ?? 0) <= (firsts[index] ?? 0);
  }
  if (isOrdered) return children;
  return Array.from(firsts.keys()).sort((a, b) => (firsts[a] ?? 0) - (firsts[b] ?? 0)).flatMap((index) => children[index] ?? []);
}

function firstNode(item: Item): number {
  if (item.kind === "op") return item.node?.index ?? Infinity;
  return nodesInside(item).reduce((least, index) => Math.min(least, index), Infinity);
}

function sectionOf(scope: Item, members: Item[], byPath: Map<string, Item>): Item {
  const [first, last] = [members[0], members.at(-1)];
  const path = `${scope.path === "" ? "" : `${scope.path}/`}[${first?.label}…]`;
  const section = newItem("section", path, `${edgeLabel(first, "first")} … ${edgeLabel(last, "last")}`, scope);
  section.children = members;
  for (const member of members) {
    member.parent = section;
    section.size += member.size;
  }
  byPath.set(path, section);
  return section;
}

/** A section of sections is named after what it begins and ends with. */
function edgeLabel(item: Item | undefined, side: "first" | "last"): string {
  let at = item;
  while (at?.kind === "section") at = side === "first" ? at.children[0] : at.children.at(-1);
  return at?.label ?? "";
}
