/** A picture as it was painted last: a large one is moved as it is while the viewport changes. */

import type { Viewport } from "../../protocol/view_state.ts";
import type { Bounds } from "../displaylist/items.ts";
import type { Size } from "./viewport.ts";

/** Pictures of fewer shapes are painted anew in every frame. */
const MANY_SHAPES = 1500;
/** With less of the view covered it pays to paint the whole of it. */
const MIN_COVERED = 0.5;

export class Still {
  readonly #canvas = document.createElement("canvas");
  #viewport: Viewport | null = null;
  #isWorthIt = false;

  /** Remembers what a canvas shows. */
  keep(canvas: HTMLCanvasElement, viewport: Viewport, shapes: number): void {
    this.#isWorthIt = shapes > MANY_SHAPES;
    this.#viewport = viewport;
    if (!this.#isWorthIt) return;
    [this.#canvas.width, this.#canvas.height] = [canvas.width, canvas.height];
    this.#canvas.getContext("2d")?.drawImage(canvas, 0, 0);
  }

  /** Draws it where it lies in another viewport; gives the stripes of the view that it leaves free, or null if it does not help. */
  draw(context: CanvasRenderingContext2D, viewport: Viewport, { width, height }: Size): Bounds[] | null {
    const own = this.#viewport;
    if (!own || !this.#isWorthIt) return null;
    const zoom = viewport.scale / own.scale;
    const [x, y] = [(own.x - viewport.x) * viewport.scale, (own.y - viewport.y) * viewport.scale];
    const [left, top] = [Math.max(x, 0), Math.max(y, 0)];
    const [right, bottom] = [Math.min(x + width * zoom, width), Math.min(y + height * zoom, height)];
    if (right <= left || bottom <= top || (right - left) * (bottom - top) < MIN_COVERED * width * height) return null;
    context.drawImage(this.#canvas, x, y, width * zoom, height * zoom);
    return [
      { x: 0, y: 0, width, height: top },
      { x: 0, y: bottom, width, height: height - bottom },
      { x: 0, y: top, width: left, height: bottom - top },
      { x: right, y: top, width: width - right, height: bottom - top },
    ].filter((stripe) => stripe.width > 0 && stripe.height > 0);
  }
}
