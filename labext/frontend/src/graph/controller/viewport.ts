/** Arithmetic of the visible part of a sheet. `x`, `y` is the sheet's point at the view's top left corner. */

import type { Direction, Viewport } from "../../protocol/view_state.ts";
import type { Bounds } from "../displaylist/items.ts";
import { TITLE_SIZE } from "../layout/glyphs.ts";
import { MIN_TEXT_PIXELS } from "../painters/canvas.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const MIN_SCALE = 0.001;
const MAX_SCALE = 6;
const FIT_MARGIN = 12;
/** A small graph is not blown up further than this. */
const MAX_FIT_SCALE = 1.25;
/** Names are a little smaller than the text around the view. */
const READABLE_SCALE = 0.75;

/** Shows the whole sheet in that one of the free parts of the view where it is largest. */
export function fit(sheet: Size, free: readonly Bounds[]): Viewport {
  const scaleIn = ({ width, height }: Size): number =>
    clampScale(Math.min((width - 2 * FIT_MARGIN) / Math.max(sheet.width, 1), (height - 2 * FIT_MARGIN) / Math.max(sheet.height, 1), MAX_FIT_SCALE));
  const part = free.reduce((best, one) => (scaleIn(one) > scaleIn(best) ? one : best));
  const scale = scaleIn(part);
  const { x, y } = centreOf(part);
  return { scale, x: sheet.width / 2 - x / scale, y: sheet.height / 2 - y / scale };
}

/** Whether boxes show their names at all. */
export function areNamesShown({ scale }: Viewport): boolean {
  return TITLE_SIZE * scale >= MIN_TEXT_PIXELS;
}

/** Shows a box where it can be read, with as much of what follows it as there is room for. */
export function readableAt(box: Bounds, { width, height }: Size, direction: Direction): Viewport {
  const [across, along] = [0.5, 0.2];
  const view = direction === "right" ? { x: width * along, y: height * across } : { x: width * across, y: height * (direction === "up" ? 1 - along : along) };
  return anchored({ x: 0, y: 0, scale: READABLE_SCALE }, centreOf(box), view);
}

/** Zooms by a factor; what lies under `point` of the view stays there. */
export function zoomAt(viewport: Viewport, point: Point, factor: number): Viewport {
  const scale = clampScale(viewport.scale * factor);
  const { x, y } = toSheet(viewport, point);
  return { scale, x: x - point.x / scale, y: y - point.y / scale };
}

/** Moves the picture by pixels of the view. */
export function pan(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, x: viewport.x - dx / viewport.scale, y: viewport.y - dy / viewport.scale };
}

export function toSheet(viewport: Viewport, { x, y }: Point): Point {
  return { x: viewport.x + x / viewport.scale, y: viewport.y + y / viewport.scale };
}

export function toView(viewport: Viewport, { x, y }: Point): Point {
  return { x: (x - viewport.x) * viewport.scale, y: (y - viewport.y) * viewport.scale };
}

/** The viewport which shows the sheet's point at the view's point. */
export function anchored(viewport: Viewport, sheet: Point, view: Point): Viewport {
  return { ...viewport, x: sheet.x - view.x / viewport.scale, y: sheet.y - view.y / viewport.scale };
}

export function visibleBounds(viewport: Viewport, view: Size): Bounds {
  return { x: viewport.x, y: viewport.y, width: view.width / viewport.scale, height: view.height / viewport.scale };
}

/** Moves just as far as needed to show the box whole, or its middle if it is larger than the view. */
export function reveal(viewport: Viewport, view: Size, box: Bounds): Viewport {
  const visible = visibleBounds(viewport, view);
  const margin = 24 / viewport.scale;
  const along = (start: number, length: number, from: number, size: number): number => {
    if (size + 2 * margin > length) return from + size / 2 - length / 2;
    return Math.min(Math.max(start, from + size + margin - length), from - margin);
  };
  return { ...viewport, x: along(visible.x, visible.width, box.x, box.width), y: along(visible.y, visible.height, box.y, box.height) };
}

/** Whether a part of a box lies right of or below the free part of the view, into which it would fit. */
export function isCovered(box: Bounds, viewport: Viewport, free: Size): boolean {
  const end = toView(viewport, { x: box.x + box.width, y: box.y + box.height });
  const doesFit = box.width * viewport.scale < free.width && box.height * viewport.scale < free.height;
  return doesFit && (end.x > free.width || end.y > free.height);
}

export function centreOf(box: Bounds): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export function contains(box: Bounds, { x, y }: Point): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

function clampScale(scale: number): number {
  return Math.min(Math.max(scale, MIN_SCALE), MAX_SCALE);
}
