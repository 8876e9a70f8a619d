/** The legend, drawn with the same glyphs as the graph. */

import { type Message, tr } from "../../language/language.ts";
import type { LegendEntry } from "../colours/colouring.ts";
import { drawBox, label, path, rect } from "../displaylist/nodes.ts";
import type { Box } from "../displaylist/placement.ts";
import type { DisplayItem, DisplayList } from "../displaylist/items.ts";
import { shorten } from "../layout/text_width.ts";
import type { GlyphKind } from "../layout/glyphs.ts";
import { type Item, type ItemKind, newItem } from "../scopes/items.ts";

const ROW_HEIGHT = 30;
const SAMPLE_WIDTH = 56;

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

export function buildLegend(colours: readonly LegendEntry[]): DisplayList {
  const items: DisplayItem[] = [];
  let y = 4;
  // Colours speak for themselves; the glyphs' own colours are not on show then.
  for (const [itemKind, glyphKind, text] of colours.length > 0 ? [] : GLYPHS) {
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
    items.push(...drawBox(box, "up"), label(tr(text), SAMPLE_WIDTH + 20, y + ROW_HEIGHT / 2, 12, "text", false, "start"));
    y += ROW_HEIGHT;
  }
  for (const [role, isDashed, text] of colours.length > 0 ? [] : LINES) {
    const middle = y + 11;
    items.push(path([[8, middle], [8 + SAMPLE_WIDTH, middle]], role, 2, isDashed), label(tr(text), SAMPLE_WIDTH + 20, middle, 12, "text", false, "start"));
    y += 22;
  }
  for (const { role, text } of colours) {
    const middle = y + 11;
    items.push(rect({ x: 8, y: middle - 7, width: SAMPLE_WIDTH, height: 14 }, 4, role, "opLine"), label(shorten(text, 40), SAMPLE_WIDTH + 20, middle, 12, "text", false, "start"));
    y += 20;
  }
  return { width: 320, height: y + 4, items, targets: [] };
}
