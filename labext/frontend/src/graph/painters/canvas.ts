/** Paints a display list on a canvas: what lies in view, texts only where they can be read. */

import { boundsOf, type Bounds, type DisplayItem, type PathItem, type RectItem, type Role } from "../displaylist/items.ts";
import type { Viewport } from "../../protocol/view_state.ts";
import { CAPTION_SIZE } from "../layout/glyphs.ts";
import { textWidth } from "../layout/text_width.ts";
import { DASH, FONT_FAMILY, type Theme } from "./theme.ts";

/** One path with more shapes than this gets slow; so does one path for each shape. */
const MAX_BATCH = 64;
export const MIN_TEXT_PIXELS = 4.5;
/** What is smaller is not seen. */
const MIN_PIXELS = 1.5;
/** Borders and edges stay visible from afar. */
const MIN_LINE_PIXELS = 0.7;

type Context = CanvasRenderingContext2D;

/** Draws the items that touch the visible part, and gives their number; the context's own scale is the device's. */
export function paintCanvas(context: Context, items: readonly DisplayItem[], viewport: Viewport, visible: Bounds, theme: Theme): number {
  context.save();
  context.scale(viewport.scale, viewport.scale);
  context.translate(-viewport.x, -viewport.y);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineCap = "butt";
  let painted = 0;
  let batch: (RectItem | PathItem)[] = [];
  const flush = (): void => {
    paintBatch(context, batch, theme, MIN_LINE_PIXELS / viewport.scale);
    batch = [];
  };
  for (const item of items) {
    const bounds = boundsOf(item);
    if (!touches(bounds, visible) || Math.max(bounds.width, bounds.height) * viewport.scale < MIN_PIXELS) continue;
    if (item.type === "rect" && (item.textSize ?? Infinity) * viewport.scale < MIN_TEXT_PIXELS) continue;
    if (item.type === "text") {
      if (item.size * viewport.scale < MIN_TEXT_PIXELS) continue;
      flush();
      context.font = `${item.isBold ? "600 " : ""}${item.size * fontScale(context)}px ${FONT_FAMILY}`;
      context.textAlign = item.anchor === "middle" ? "center" : item.anchor;
      context.fillStyle = theme[item.fill];
      context.fillText(item.text, item.x, item.y + item.size * 0.04);
      painted++;
      continue;
    }
    painted++;
    const first = batch[0];
    if (first && (batch.length >= MAX_BATCH || !isAlike(first, item) || (item.fill !== null && item.type === "rect"))) flush();
    batch.push(item);
  }
  flush();
  context.restore();
  return painted;
}

/** Loads the fonts, which the first texts would wait for. */
export function loadFonts(context: Context): void {
  for (const weight of ["", "600 "]) {
    context.font = `${weight}${CAPTION_SIZE}px ${FONT_FAMILY}`;
    context.measureText("Computation graph ?×9 …");
  }
  fontScale(context);
}

let knownScale = 0;

/** Text is drawn smaller where the page's face is wider than the layout reckons. */
function fontScale(context: Context): number {
  if (knownScale > 0) return knownScale;
  const sample = "Computation_graph/gradients MatMul_12";
  context.font = `600 100px ${FONT_FAMILY}`;
  return (knownScale = Math.min(1, textWidth(sample, 100, true) / context.measureText(sample).width));
}

function isAlike(a: RectItem | PathItem, b: RectItem | PathItem): boolean {
  return a.type === b.type && a.fill === b.fill && a.stroke === b.stroke && a.lineWidth === b.lineWidth && a.isDashed === b.isDashed;
}

function paintBatch(context: Context, batch: readonly (RectItem | PathItem)[], theme: Theme, minWidth: number): void {
  const [first] = batch;
  if (!first) return;
  context.beginPath();
  for (const item of batch) {
    if (item.type === "rect") context.roundRect(item.x, item.y, item.width, item.height, item.radius);
    else trace(context, item);
  }
  const colour = (role: Role): string => theme[role];
  if (first.fill) {
    context.fillStyle = colour(first.fill);
    context.fill();
  }
  if (first.stroke) {
    context.strokeStyle = colour(first.stroke);
    context.lineWidth = Math.max(first.lineWidth, minWidth);
    context.setLineDash(first.isDashed ? [...DASH] : []);
    context.stroke();
  }
}

function trace(context: Context, { steps }: PathItem): void {
  steps.forEach((step, index) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = step;
    if (index === 0) context.moveTo(a, b);
    else if (step.length === 2) context.lineTo(a, b);
    else context.bezierCurveTo(a, b, c, d, e, f);
  });
}

function touches(a: Bounds, b: Bounds): boolean {
  return a.x <= b.x + b.width && a.x + a.width >= b.x && a.y <= b.y + b.height && a.y + a.height >= b.y;
}
