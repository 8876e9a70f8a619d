/** Cuts a scope with too many children into sections, so that no picture shows more at once than can be read. */

import { inChunks, type Steps } from "../steps.ts";
import { type Groups, type Item, newItem } from "./items.ts";

/** More children than this are cut. */
export const MAX_CHILDREN = 300;
/** The same while a graph grows, so that what is open stays what it was. */
const SECTION_LENGTH = 100;

const CHILDREN_A_STEP = 1000;

/** Sections follow the order in which nodes were made, which is mostly that in which data flows. */
export function* cutIntoSections(scope: Item, groups: Groups): Steps<void> {
  if (scope.children.length <= MAX_CHILDREN) return;
  scope.children = yield* inOrder(scope.children);
  while (scope.children.length > MAX_CHILDREN) {
    const sections: Item[] = [];
    for (let start = 0; start < scope.children.length; start += SECTION_LENGTH) {
      if (start % CHILDREN_A_STEP === 0) yield;
      sections.push(sectionOf(scope, scope.children.slice(start, start + SECTION_LENGTH), groups));
    }
    scope.children = sections;
  }
}

function* inOrder(children: Item[]): Steps<Item[]> {
  let isOrdered = true;
  yield* inChunks(children.length, CHILDREN_A_STEP, (start, end) => {
    for (let at = Math.max(start, 1); at < end; at++) isOrdered &&= (children[at - 1] as Item).earliest <= (children[at] as Item).earliest;
  });
  if (isOrdered) return children;
  // Numbers alone are sorted many times faster than items by a function, which would hold up the page.
  const places = new Float64Array(children.length);
  yield* inChunks(children.length, CHILDREN_A_STEP, (start, end) => {
    for (let at = start; at < end; at++) places[at] = (children[at] as Item).earliest * children.length + at;
  });
  places.sort();
  const ordered: Item[] = [];
  yield* inChunks(children.length, CHILDREN_A_STEP, (start, end) => {
    for (let at = start; at < end; at++) ordered.push(children[(places[at] ?? 0) % children.length] as Item);
  });
  return ordered;
}

function sectionOf(scope: Item, members: Item[], groups: Groups): Item {
  const [first, last] = [members[0], members.at(-1)];
  const path = `${scope.path === "" ? "" : `${scope.path}/`}[${first?.label}…]`;
  const section = newItem("section", path, `${edgeLabel(first, "first")} … ${edgeLabel(last, "last")}`, scope);
  section.children = members;
  for (const member of members) {
    member.parent = section;
    section.size += member.size;
  }
  section.earliest = first?.earliest ?? 0;
  groups.add(section);
  return section;
}

/** A section of sections is named after what it begins and ends with. */
function edgeLabel(item: Item | undefined, side: "first" | "last"): string {
  let at = item;
  while (at?.kind === "section") at = side === "first" ? at.children[0] : at.children.at(-1);
  return at?.label ?? "";
}
