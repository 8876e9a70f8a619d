/** The canvas: sized to its place, painted at most once a frame, and only while it is on the screen. */

import { tr } from "../../language/language.ts";
import type { Bounds, DisplayItem } from "../displaylist/items.ts";
import { loadFonts, paintCanvas } from "../painters/canvas.ts";
import type { Theme } from "../painters/theme.ts";
import { pause } from "../steps.ts";
import type { Viewport } from "../../protocol/view_state.ts";
import { watchScreen } from "../../sync/on_screen.ts";
import { make } from "./elements.ts";
import { Still } from "./still.ts";
import { type Size, toSheet, visibleBounds } from "./viewport.ts";

/** A picture rests when it has not moved for this long. */
const REST_MS = 120;

export interface Frame {
  readonly layers: readonly (readonly DisplayItem[])[];
  readonly viewport: Viewport;
  readonly theme: Theme;
}

export class Stage {
  readonly element = make("div", { class: "labext-stage", tabindex: "0", role: "tree", "aria-label": tr("Computation graph") });
  size: Size = { width: 0, height: 0 };
  readonly #canvas = make("canvas", { "aria-hidden": "true" });
  readonly #frame: () => Frame | null;
  readonly #onPaint: () => void;
  readonly #isOnScreen: () => boolean;
  readonly #still = new Still();
  #isRequested = false;
  /** Whether nothing but the viewport has changed since the last frame. */
  #isMove = true;
  #rest = 0;

  constructor(frame: () => Frame | null, onResize: () => void, onPaint: () => void, signal: AbortSignal) {
    this.#frame = frame;
    this.#onPaint = onPaint;
    this.element.append(this.#canvas);
    const observer = new ResizeObserver(() => {
      this.size = { width: this.element.clientWidth, height: this.element.clientHeight };
      onResize();
      this.request();
    });
    observer.observe(this.element);
    signal.addEventListener("abort", () => {
      observer.disconnect();
      clearTimeout(this.#rest);
    });
    this.#isOnScreen = watchScreen(this.element, () => this.request(), signal);
    void pause().then(() => {
      const context = this.#canvas.getContext("2d");
      if (context) loadFonts(context);
    });
  }

  /** Paints before the next frame; `isMove` says that nothing but the viewport has changed. */
  request(isMove = false): void {
    this.#isMove &&= isMove;
    if (this.#isRequested) return;
    this.#isRequested = true;
    requestAnimationFrame(() => {
      this.#isRequested = false;
      this.#paint();
    });
  }

  #paint(): void {
    const frame = this.#frame();
    if (!frame || this.size.width === 0) return;
    if (this.#isOnScreen()) this.#paintCanvas(frame);
    this.#onPaint();
  }

  #paintCanvas(frame: Frame): void {
    const context = this.#canvas.getContext("2d");
    if (!context) return;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(this.size.width * ratio), Math.round(this.size.height * ratio)];
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = frame.theme.canvas;
    context.fillRect(0, 0, width, height);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    clearTimeout(this.#rest);
    const free = this.#isMove ? this.#still.draw(context, frame.viewport, this.size) : null;
    this.#isMove = true;
    if (free) {
      for (const stripe of free) this.#paintPart(context, frame, stripe);
      this.#rest = window.setTimeout(() => this.request(), REST_MS);
    } else {
      const shapes = this.#paintPart(context, frame, { x: 0, y: 0, ...this.size });
      this.#still.keep(this.#canvas, frame.viewport, shapes);
    }
  }

  /** Paints a part of the view, and gives the number of shapes in it. */
  #paintPart(context: CanvasRenderingContext2D, { layers, viewport, theme }: Frame, part: Bounds): number {
    context.save();
    context.beginPath();
    context.rect(part.x, part.y, part.width, part.height);
    context.clip();
    const visible = { ...visibleBounds(viewport, part), ...toSheet(viewport, part) };
    let shapes = 0;
    for (const layer of layers) shapes += paintCanvas(context, layer, viewport, visible, theme);
    context.restore();
    return shapes;
  }
}
