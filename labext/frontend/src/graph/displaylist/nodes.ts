/** Draws boxes: one glyph for each kind of item. */

import { BUTTON_SIZE, CAPTION_SIZE, CONSTANT_RADIUS, type GlyphKind, isBold, STACK_STEP, TITLE_SIZE } from "../layout/glyphs.ts";
import { textWidth } from "../layout/text_width.ts";
import type { Direction } from "../../protocol/view_state.ts";
import type { Bounds, DisplayItem, PathSteps, RectItem, Role, TextItem } from "./items.ts";
import type { Box } from "./placement.ts";

interface Paint {
  readonly fill: Role;
  readonly line: Role;
}

const PAINTS: Readonly<Record<GlyphKind, Paint>> = {
  op: { fill: "opFill", line: "opLine" },
  constant: { fill: "constantFill", line: "constantLine" },
  input: { fill: "inputFill", line: "inputLine" },
  summary: { fill: "summaryFill", line: "summaryLine" },
  scope: { fill: "scopeFill", line: "scopeLine" },
  variable: { fill: "variableFill", line: "variableLine" },
  series: { fill: "scopeFill", line: "scopeLine" },
  section: { fill: "scopeFill", line: "scopeLine" },
};

/** `colour` takes the place of the glyph's own. */
export function drawBox(box: Box, direction: Direction, colour: Role | null = null): DisplayItem[] {
  if (box.isOpen) return drawOpen(box);
  const own = PAINTS[box.glyph.kind];
  const paint = { fill: colour ?? own.fill, line: own.line };
  if (box.glyph.kind === "constant") return drawConstant(box, direction, paint);
  const isRound = box.item.kind === "op" || (box.item.kind === "series" && box.item.children[0]?.kind === "op");
  const steps = box.item.kind === "series" ? 2 : 0;
  const card = { x: box.x, y: box.y + steps * STACK_STEP, width: box.width - steps * STACK_STEP, height: box.height - steps * STACK_STEP };
  const radius = isRound ? card.height / 2 : 7;
  const items: DisplayItem[] = [];
  for (let step = steps; step >= 0; step--) {
    items.push(rect({ ...card, x: card.x + step * STACK_STEP, y: card.y - step * STACK_STEP }, radius, paint.fill, paint.line));
  }
  const button = buttonOf(box);
  const textCentre = card.x + (card.width - (button ? BUTTON_SIZE - 2 : 0) + (box.glyph.kind === "summary" ? 14 : 0)) / 2;
  items.push(...labels(box, textCentre, card.y + card.height / 2));
  if (box.glyph.kind === "summary") items.push(...bars(card.x + 10, card.y + card.height / 2));
  if (button) items.push(...drawButton(button, false, paint.line));
  return items;
}

/** The place of the button that opens or closes the box; null if nothing is inside. */
export function buttonOf(box: Box): Bounds | null {
  if (box.item.kind === "op") return null;
  const size = BUTTON_SIZE;
  if (box.isOpen) return { x: box.x + 7, y: box.y + 7, width: size, height: size };
  const stack = box.item.kind === "series" ? 2 * STACK_STEP : 0;
  return { x: box.x + box.width - stack - size - 6, y: box.y + (box.height + stack - size) / 2, width: size, height: size };
}

function drawOpen(box: Box): DisplayItem[] {
  const { line } = PAINTS[box.glyph.kind];
  const button = buttonOf(box);
  return [
    rect(box, 10, box.item.depth % 2 === 0 ? "openEven" : "openOdd", line),
    ...(button ? drawButton(button, true, line) : []),
    label(box.title, box.x + 7 + BUTTON_SIZE + 5, box.y + 7 + BUTTON_SIZE / 2, TITLE_SIZE, "text", true, "start"),
  ];
}

/** A small circle where the value leaves, with name and value at the side where nothing does. */
function drawConstant(box: Box, direction: Direction, { fill, line }: Paint): DisplayItem[] {
  const { title, caption } = box.glyph;
  const isSideways = direction === "right";
  const x = isSideways ? box.x + box.width - CONSTANT_RADIUS : box.x + box.width / 2;
  const y = isSideways ? box.y + box.height / 2 : direction === "up" ? box.y + CONSTANT_RADIUS : box.y + box.height - CONSTANT_RADIUS;
  const circle = rect({ x: x - CONSTANT_RADIUS, y: y - CONSTANT_RADIUS, width: 2 * CONSTANT_RADIUS, height: 2 * CONSTANT_RADIUS }, CONSTANT_RADIUS, fill, line);
  const textX = isSideways ? x - CONSTANT_RADIUS - 5 : x;
  const gap = CONSTANT_RADIUS + 9;
  const textY = isSideways ? y - (caption ? 6 : 0) : direction === "up" ? y + gap : y - gap - (caption ? 12 : 0);
  const anchor = isSideways ? "end" : "middle";
  return [
    circle,
    label(title, textX, textY, CAPTION_SIZE + 1, "text", false, anchor),
    ...(caption ? [label(caption, textX, textY + 12, CAPTION_SIZE, "muted", false, anchor)] : []),
  ];
}

function labels({ glyph }: Box, x: number, y: number): TextItem[] {
  const title = label(glyph.title, x, glyph.caption ? y - 6 : y, TITLE_SIZE, "text", isBold(glyph.kind), "middle");
  return glyph.caption ? [title, label(glyph.caption, x, y + 9, CAPTION_SIZE, "muted", false, "middle")] : [title];
}

function drawButton(button: Bounds, isOpen: boolean, line: Role): DisplayItem[] {
  const [x, y] = [button.x + button.width / 2, button.y + button.height / 2];
  const arm = 3.5;
  const items: DisplayItem[] = [rect({ x: x - 7, y: y - 7, width: 14, height: 14 }, 7, "plate", line)];
  items.push(path([[x - arm, y], [x + arm, y]], "text", 1.5));
  if (!isOpen) items.push(path([[x, y - arm], [x, y + arm]], "text", 1.5));
  return items;
}

/** A small bar chart. */
function bars(x: number, y: number): DisplayItem[] {
  return [5, 12, 8].map((height, index) => path([[x + 5 * index, y + 6], [x + 5 * index, y + 6 - height]], "summaryLine", 2.5));
}

export function label(text: string, x: number, y: number, size: number, fill: Role, isBoldText: boolean, anchor: TextItem["anchor"]): TextItem {
  const width = textWidth(text, size, isBoldText);
  const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
  return { type: "text", x, y, text, size, isBold: isBoldText, anchor, fill, bounds: { x: left, y: y - size * 0.7, width, height: size * 1.4 } };
}

export function rect({ x, y, width, height }: Bounds, radius: number, fill: Role | null, stroke: Role | null, lineWidth = 1.25, isDashed = false): RectItem {
  return { type: "rect", x, y, width, height, radius, fill, stroke, lineWidth, isDashed };
}

export function path(steps: PathSteps, stroke: Role | null, lineWidth: number, isDashed = false, fill: Role | null = null): DisplayItem {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const step of steps) {
    for (let at = 0; at + 1 < step.length; at += 2) {
      const x = step[at] ?? 0;
      const y = step[at + 1] ?? 0;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return { type: "path", steps, stroke, lineWidth, isDashed, fill, bounds: { x: left - lineWidth, y: top - lineWidth, width: right - left + 2 * lineWidth, height: bottom - top + 2 * lineWidth } };
}
