/** The legend, drawn with the same glyphs as the graph. */

import { type Message, tr } from "../../language/language.ts";
import type { Colouring } from "../colours/colouring.ts";
import type { GlyphKind } from "../layout/glyphs.ts";
import { shorten } from "../layout/text_width.ts";
import { type Item, type ItemKind, newItem } from "../scopes/items.ts";
import type { DisplayItem, DisplayList } from "./items.ts";
import { drawBox, label, path, rect } from "./nodes.ts";
import type { Box } from "./placement.ts";

const ROW_HEIGHT = 30;
const SAMPLE_WIDTH = 56;
const SWATCH_WIDTH = 28;

const GLYPHS: readonly (readonly [ItemKind, GlyphKind, Message])[] = [
  ["scope", "scope", "Scope: opens with a double click"],
  ["series", "series", "Series of equal nodes"],
  ["section", "section", "Part of a scope with very many nodes"],
  ["variable", "variable", "Variable"],
  ["op", "op", "Operation"],
  ["op", "input", "Placeholder, to be fed"],
  ["op", "constant", "Constant"],
  ["op", "summary", "Summary"],
];

const LINES = [
  ["edge", false, "Tensor, with its shape; thicker is larger"],
  ["control", true, "Control dependency"],
  ["reference", false, "Writes to the variable"],
] as const;

/** What the colours mean, or without them what the glyphs and lines mean, from `top` of the sheet on. */
export function buildLegend(colouring: Colouring | null, top = 0): DisplayList {
  const items: DisplayItem[] = [];
  let y = top + 4;
  let width = 0;
  const say = (text: string, x: number, middle: number, isHeading = false): void => {
    const said = label(text, x, middle, 12, "text", isHeading, "start");
    items.push(said);
    width = Math.max(width, x + said.bounds.width + 12);
  };
  // Colours speak for themselves; the glyphs' own colours are not on show then.
  for (const [itemKind, glyphKind, text] of colouring ? [] : GLYPHS) {
    const item: Item = newItem(itemKind, "", "", null);
    const box: Box = {
      item,
      glyph: { kind: glyphKind, title: "", caption: "", width: SAMPLE_WIDTH, height: 22 },
      isOpen: false,
      isAuxiliary: false,
      title: "",
      x: 8,
      y: glyphKind === "constant" ? y + 8 : y + 3,
      width: SAMPLE_WIDTH,
      height: 22,
    };
    items.push(...drawBox(box, "up"));
    say(tr(text), SAMPLE_WIDTH + 20, y + ROW_HEIGHT / 2);
    y += ROW_HEIGHT;
  }
  for (const [role, isDashed, text] of colouring ? [] : LINES) {
    const middle = y + 11;
    items.push(path([[8, middle], [8 + SAMPLE_WIDTH, middle]], role, 2, isDashed));
    say(tr(text), SAMPLE_WIDTH + 20, middle);
    y += 22;
  }
  if (colouring?.title) {
    say(shorten(colouring.title, 40), 8, y + 10, true);
    y += 20;
  }
  for (const { role, text } of colouring?.legend ?? []) {
    items.push(rect({ x: 8, y: y + 4, width: SWATCH_WIDTH, height: 14 }, 4, role, "opLine"));
    say(shorten(text, 40), SWATCH_WIDTH + 16, y + 11);
    y += 20;
  }
  return { width, height: y + 4 - top, items, targets: [] };
}

/** A picture that has to speak for itself: what its colours mean stands below it. */
export function withLegend(list: DisplayList, colouring: Colouring | null): DisplayList {
  if (!colouring) return list;
  const legend = buildLegend(colouring, list.height);
  return { ...list, width: Math.max(list.width, legend.width), height: list.height + legend.height, items: [...list.items, ...legend.items] };
}
