/** Which glyph an item gets, what is written on it, and how large that makes it. */

import { grouped, tr } from "../../language/language.ts";
import { isConstantOp, isInputOp, isSummaryOp } from "../model/op_kinds.ts";
import { type Item, memberCount, membersOf } from "../scopes/items.ts";
import { shapeText } from "../visible/level_edge.ts";
import { shorten, textWidth } from "./text_width.ts";

export type GlyphKind = "op" | "constant" | "input" | "summary" | "scope" | "variable" | "series" | "section";

export interface Glyph {
  readonly kind: GlyphKind;
  readonly title: string;
  readonly caption: string;
  readonly width: number;
  readonly height: number;
}

export const TITLE_SIZE = 13;
export const CAPTION_SIZE = 10;
export const CONSTANT_RADIUS = 6;
/** Room for the button that opens a scope. */
export const BUTTON_SIZE = 18;
/** How far the cards of a series stand out behind each other. */
export const STACK_STEP = 4;

const MAX_TITLE = 40;
const MAX_VALUE = 14;

/** `isSideways`: the flow runs across the text, so that a constant has its circle beside its name. */
export function glyphOf(item: Item, isSideways: boolean): Glyph {
  const kind = glyphKind(item);
  const title = shorten(item.label || item.path, MAX_TITLE);
  const caption = captionOf(item, kind);
  const text = Math.max(textWidth(title, kind === "constant" ? CAPTION_SIZE + 1 : TITLE_SIZE, isBold(kind)), textWidth(caption, CAPTION_SIZE));
  if (kind === "constant") {
    const textHeight = caption ? 28 : 16;
    const diameter = 2 * CONSTANT_RADIUS;
    return isSideways
      ? { kind, title, caption, width: Math.ceil(text) + diameter + 6, height: textHeight }
      : { kind, title, caption, width: Math.ceil(Math.max(text, diameter)), height: diameter + textHeight };
  }
  const isOpening = item.kind !== "op";
  const width = Math.ceil(text) + (isOpening ? 24 + BUTTON_SIZE : 28) + (kind === "series" ? 2 * STACK_STEP : 0) + (kind === "summary" ? 16 : 0);
  const height = (caption ? 38 : 28) + (kind === "series" ? 2 * STACK_STEP : 0);
  return { kind, title, caption, width: Math.max(width, 48), height };
}

export function isBold(kind: GlyphKind): boolean {
  return kind === "scope" || kind === "variable" || kind === "series" || kind === "section";
}

function glyphKind(item: Item): GlyphKind {
  if (item.kind !== "op") return item.kind;
  const op = item.node?.op ?? "";
  if (isConstantOp(op)) return "constant";
  if (isInputOp(op)) return "input";
  return isSummaryOp(op) ? "summary" : "op";
}

function captionOf(item: Item, kind: GlyphKind): string {
  const { node } = item;
  switch (kind) {
    case "section":
      return tr("{count} of {total} nodes", { count: count(item), total: item.parent ? count(item.parent) : "" });
    case "scope":
      return item.size === 1 ? tr("1 op") : tr("{count} ops", { count: item.size });
    case "series":
      return `${count(item)} × ${membersOf(item)[0]?.node?.op ?? tr("scope")}`;
    case "constant":
      return constantValue(item);
    case "variable":
    case "input":
      return [tr(kind), shapeText(node?.shapeOf(0) ?? null)].filter(Boolean).join(" ");
    default:
      return node && !saysType(item.label, node.op) ? shorten(node.op, MAX_TITLE) : "";
  }
}

function count(item: Item): string {
  return grouped(memberCount(item));
}

/** Small constants show their value. */
function constantValue(item: Item): string {
  const text = item.node?.attributes ?? "";
  if (text === "") return "";
  const attributes = JSON.parse(text) as Readonly<Record<string, string>>;
  const value = attributes["value"] ?? "";
  return value.length <= MAX_VALUE ? value : shapeText(item.node?.shapeOf(0) ?? null);
}

/** Whether a label such as `MatMul_1` already names the op type. */
function saysType(label: string, op: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z]|v\d+$/g, "");
  return plain(label) === plain(op);
}
