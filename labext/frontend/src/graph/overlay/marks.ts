/** Draws runs over a picture: which boxes were evaluated, in which order, how often, with which values. */

import { grouped, tr } from "../../language/language.ts";
import { formatValue } from "../../scalars/format.ts";
import { drawLabel, drawWire } from "../displaylist/edges.ts";
import { type Bounds, boundsOf, type DisplayItem, type Role } from "../displaylist/items.ts";
import { label, rect } from "../displaylist/nodes.ts";
import type { Box, Wire } from "../displaylist/placement.ts";
import type { Picture } from "../graph_picture.ts";
import { textWidth } from "../layout/text_width.ts";
import type { Item } from "../scopes/items.ts";
import { isBackward, operationOf, type RunState, type ValueSummary } from "./run_state.ts";

const BADGE_SIZE = 9.5;
const BADGE_HEIGHT = 14;
const NARROW_PX = 46;
const MOST_VALUES = 4;
const [RISE, MOST_OVERHANG] = [7, 24];
const MOST_LETTERS = 28;
const MOST_BRIEF_LETTERS = 10;
const BIN_WIDTH = 2.5;
const BINS_HEIGHT = 11;

/** What is told of a box: of its node, or of all nodes inside. */
export interface BoxMark {
  readonly box: Box;
  count: number;
  /** First and last place in the newest run, from 1; 0 if it did without. */
  first: number;
  last: number;
  isFed: boolean;
  isFetched: boolean;
  isBackward: boolean;
}

/** The marks of the boxes on show; what is inside a closed one counts for it. */
export function boxMarks(picture: Picture, state: RunState): Map<Item, BoxMark> {
  const boxes = new Map(picture.sheet.boxes.map((box) => [box.item, box]));
  const marks = new Map<Item, BoxMark>();
  for (const [name, { count, order, isFed, isFetched }] of state.marks) {
    const box = boxOf(itemsByName(picture).get(name), boxes);
    if (!box) continue;
    const mark = marks.get(box.item) ?? { box, count: 0, first: 0, last: 0, isFed: false, isFetched: false, isBackward: true };
    marks.set(box.item, mark);
    mark.count = Math.max(mark.count, count);
    if (order > 0) [mark.first, mark.last] = [mark.first === 0 ? order : Math.min(mark.first, order), Math.max(mark.last, order)];
    mark.isFed ||= isFed;
    mark.isFetched ||= isFetched;
    mark.isBackward &&= isBackward(name);
  }
  return marks;
}

/** What lies over the picture. */
export function drawRuns(picture: Picture, state: RunState): DisplayItem[] {
  const { wires, direction } = picture.sheet;
  const marks = boxMarks(picture, state);
  const values = drawValues(picture, state, marks);
  const covered = coveredLabels(wires, values);
  const [ring, ...word] = drawAround(picture, state.failure?.node ?? null, "failed", tr("failed"));
  return [
    // A label of which a value would leave a part gives way: its place is cleared, and its wire goes through.
    ...covered.values(),
    ...wires.flatMap((wire) => {
      const [from, to] = [wire.from && marks.get(wire.from.item), wire.to && marks.get(wire.to.item)];
      const hasRun = !wire.isDetached && from && to && (from.first > 0 || from.isFed) && to.first > 0;
      if (!hasRun) return covered.has(wire) ? drawWire(wire, direction) : [];
      return [...drawWire(wire, direction, roleOf(to), 0.5), ...(covered.has(wire) ? [] : drawLabel(wire))];
    }),
    ...drawAround(picture, state.stepping?.current ?? null, "accent", ""),
    // Its ring goes around what the node's badges say.
    ...(ring ? [ring] : []),
    ...[...marks.values()].flatMap(drawMark),
    ...values,
    ...drawBreakpoints(picture, state),
    ...word,
  ];
}

function drawMark(mark: BoxMark): DisplayItem[] {
  const { box, first, last, count } = mark;
  const role = roleOf(mark);
  const isRecent = first > 0 || mark.isFed;
  // On a narrow box the badges stand beside each other around its middle.
  const isNarrow = box.width < NARROW_PX;
  const middle = box.x + box.width / 2;
  const [left, right] = [box.x - 4, box.x + box.width + 4];
  const items: DisplayItem[] = [];
  if (!box.isOpen) items.push(rect(grown(box, 1.5), cornerOf(box, 1.5), null, role, isRecent ? 2.25 : 1.25, !isRecent));
  if (first > 0) items.push(...badge(first === last ? String(first) : `${first}–${last}`, isNarrow ? middle - 1 : left, box.y - 4, role, isNarrow ? "end" : "start"));
  if (count > 1) items.push(...badge(`${grouped(count)}×`, isNarrow ? middle + 1 : right, box.y - 4, role, isNarrow ? "start" : "end"));
  const bottom = box.y + box.height + 3;
  if (mark.isFed) items.push(...badge(tr("fed"), left, bottom, "inputLine", "start"));
  if (mark.isFetched) items.push(...badge(tr("fetched"), right, bottom, "accent", "end"));
  return items;
}

function drawValues(picture: Picture, state: RunState, marks: ReadonlyMap<Item, BoxMark>): DisplayItem[] {
  const boxes = new Map(picture.sheet.boxes.map((box) => [box.item, box]));
  const taken = new Map<Box, number>();
  const items: DisplayItem[] = [];
  for (const [tensor, value] of state.values) {
    const item = itemsByName(picture).get(operationOf(tensor));
    const box = boxOf(item, boxes);
    if (!box || !item) continue;
    // A closed variable shows its value as a node does.
    const isOwn = box.item === item || box.item.path === operationOf(tensor);
    const line = taken.get(box) ?? 0;
    // While stepping every node has a value, and a closed scope has no room for all inside.
    if (line >= MOST_VALUES || (state.stepping && !isOwn)) continue;
    taken.set(box, line + 1);
    const name = isOwn ? "" : `${item.label}  `;
    const mark = marks.get(box.item);
    const hasRow = mark?.isFed || mark?.isFetched;
    const top = box.y + box.height + (hasRow ? BADGE_HEIGHT - 2 : 3);
    const mayRise = line === 0 && !hasRow && box.glyph.kind !== "constant";
    const isBrief = state.stepping !== null && operationOf(tensor) !== state.stepping.current;
    items.push(...drawValue(box, name, value, top + line * 18, mayRise, isStale(value, state), isBrief));
  }
  return items;
}

/** The wires whose labels would be covered by values, with the plates under these labels. */
function coveredLabels(wires: readonly Wire[], values: readonly DisplayItem[]): Map<Wire, DisplayItem> {
  const covers = values.filter((item) => item.type === "rect" && item.fill === "plate").map(boundsOf);
  const covered = new Map<Wire, DisplayItem>();
  for (const wire of covers.length > 0 ? wires : []) {
    const [plate] = drawLabel(wire);
    if (plate && covers.some((cover) => overlap(cover, boundsOf(plate)))) covered.set(wire, plate);
  }
  return covered;
}

function drawValue(box: Box, name: string, value: ValueSummary, top: number, mayRise: boolean, isOld: boolean, isBrief: boolean): DisplayItem[] {
  const text = `${name}${isBrief ? briefValue(value) : shortValue(value)}${isOld && value.step !== null ? `  @ ${grouped(value.step)}` : ""}`;
  const bins = value.bins && value.bins.length > 1 && !isBrief ? value.bins : [];
  // Measured as bold: a wider face must not run into the bars.
  const width = textWidth(text, BADGE_SIZE, true) + 12 + (bins.length > 0 ? bins.length * BIN_WIDTH + 6 : 0);
  // A picture in a file ends at its left border.
  const left = Math.max(0.5, box.x + box.width / 2 - width / 2);
  // On the rim, where labels below stay in sight, unless it would reach the texts of boxes beside.
  const y = top + 8 - (mayRise && width <= box.width + MOST_OVERHANG ? RISE : 0);
  const isOdd = (value.nan ?? 0) + (value.infinite ?? 0) > 0;
  const tallest = Math.max(...bins, 1);
  const bars = bins.map((count, index) => {
    const height = Math.max(count > 0 ? 1 : 0, (count / tallest) * BINS_HEIGHT);
    const x = left + width - 6 - (bins.length - index) * BIN_WIDTH;
    return rect({ x, y: y + BINS_HEIGHT / 2 - height, width: BIN_WIDTH - 0.5, height }, 0, isOld ? "muted" : "accent", null);
  });
  return [
    rect({ x: left, y: y - 8, width, height: 16 }, 4, "plate", isOdd ? "failed" : isOld ? "scopeLine" : "accent", 1),
    label(text, left + 6, y, BADGE_SIZE, isOdd ? "failed" : isOld ? "muted" : "text", false, "start"),
    ...bars,
  ];
}

function drawBreakpoints(picture: Picture, { stepping }: RunState): DisplayItem[] {
  const stops = new Set(stepping?.breakpoints ?? []);
  return picture.sheet.boxes
    .filter(({ item }) => item.node && stops.has(item.node.name))
    .map((box) => rect({ x: box.x - 5, y: box.y + box.height / 2 - 5, width: 10, height: 10 }, 5, "failed", "canvas", 1));
}

/** Rings a node, or the closed scope that it is in. */
function drawAround(picture: Picture, node: string | null, role: Role, word: string): DisplayItem[] {
  const box = node === null ? null : boxOf(itemsByName(picture).get(node), new Map(picture.sheet.boxes.map((one) => [one.item, one])));
  if (!box) return [];
  const ring = rect(grown(box, 4), cornerOf(box, 4), null, role, 3);
  return word === "" ? [ring] : [ring, ...badge(word, box.x + box.width / 2, box.y - 6, role, "middle")];
}

/** The value in a few characters: itself if it is a scalar, else its range. */
export function shortValue({ text, shape, min, mean, max, nan = 0, infinite = 0 }: ValueSummary, mostLetters = MOST_LETTERS): string {
  const odd = [nan > 0 ? `${nan} NaN` : "", infinite > 0 ? `${infinite} inf` : ""].filter(Boolean).join(", ");
  if (text !== undefined && /^-?\d+$/.test(text) && text.length <= mostLetters) return text;
  if (shape.length === 0 && mean !== undefined) return formatValue(mean, 5);
  if (text !== undefined && text.length <= mostLetters) return text;
  if (min === undefined || max === undefined || mean === undefined) return odd || tr("no numbers");
  return `${formatValue(min, 3)} … ${formatValue(max, 3)}  ⌀ ${formatValue(mean, 3)}${odd && `  ${odd}`}`;
}

/** Of many numbers their mean alone: while stepping the neighbours have values too. */
function briefValue(value: ValueSummary): string {
  const { text = "", shape, mean, nan = 0, infinite = 0 } = value;
  const isShort = shape.length === 0 || (text !== "" && text.length <= MOST_BRIEF_LETTERS);
  return isShort || mean === undefined || nan + infinite > 0 ? shortValue(value) : `⌀ ${formatValue(mean, 3)}`;
}

/** Whether a later run went by without renewing the value. */
export function isStale(value: ValueSummary, state: RunState): boolean {
  return value.run < state.runs;
}

function badge(text: string, x: number, y: number, role: Role, anchor: "start" | "middle" | "end"): DisplayItem[] {
  const width = Math.max(BADGE_HEIGHT, textWidth(text, BADGE_SIZE, true) + 8);
  const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
  return [
    rect({ x: left, y: y - BADGE_HEIGHT / 2, width, height: BADGE_HEIGHT }, BADGE_HEIGHT / 2, role, "canvas", 1),
    label(text, left + width / 2, y, BADGE_SIZE, "canvas", true, "middle"),
  ];
}

function roleOf(mark: BoxMark): Role {
  return mark.isBackward ? "backward" : "ran";
}

function grown({ x, y, width, height }: Box, gap: number): { x: number; y: number; width: number; height: number } {
  return { x: x - gap, y: y - gap, width: width + 2 * gap, height: height + 2 * gap };
}

function overlap(a: Bounds, b: Bounds): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function cornerOf(box: Box, gap: number): number {
  const isPill = box.item.kind === "op" && box.glyph.kind !== "constant";
  return isPill ? box.height / 2 + gap : 7 + gap;
}

/** The innermost box on show that an item is in. */
function boxOf(item: Item | undefined, boxes: ReadonlyMap<Item, Box>): Box | null {
  for (let at: Item | null = item ?? null; at; at = at.parent) {
    const box = boxes.get(at);
    if (box) return box;
  }
  return null;
}

const names = new WeakMap<object, ReadonlyMap<string, Item>>();

/** The items of the nodes, by name; made once for each state of the graph. */
function itemsByName({ scene }: Picture): ReadonlyMap<string, Item> {
  let known = names.get(scene);
  if (!known) {
    known = new Map(scene.tree.itemOfNode.map((item, index) => [scene.nodes[index]?.name ?? "", item]));
    names.set(scene, known);
  }
  return known;
}
