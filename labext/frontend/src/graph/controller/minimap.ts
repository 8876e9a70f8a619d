/** The whole picture, small, with a frame around what is in view; drag it to go elsewhere. */

import type { DisplayList } from "../displaylist/items.ts";
import type { Theme } from "../painters/theme.ts";
import type { Viewport } from "../../protocol/view_state.ts";
import { make } from "./elements.ts";
import { centreOf, type Point, type Size, visibleBounds } from "./viewport.ts";

const MAX_WIDTH = 150;
const MAX_HEIGHT = 120;
/** A smaller frame would not be seen. */
const MIN_FRAME = 8;
/** With more of the picture than this in view there is nothing to find. */
const HIDE_FROM = 0.8;

export class Minimap {
  readonly element = make("canvas", { class: "labext-minimap", "aria-hidden": "true" });
  #list: DisplayList | null = null;
  #theme: Theme | null = null;
  #ground: ImageBitmap | HTMLCanvasElement | null = null;

  /** `go` is called with the point of the sheet that is to be in the middle of the view. */
  constructor(go: (place: Point) => void, signal: AbortSignal) {
    this.element.hidden = true;
    const move = (event: PointerEvent): void => {
      if (!this.#list || (event.buttons & 1) === 0) return;
      const box = this.element.getBoundingClientRect();
      const scale = this.#scale();
      go({ x: (event.clientX - box.left) / scale, y: (event.clientY - box.top) / scale });
    };
    const down = (event: PointerEvent): void => {
      this.element.setPointerCapture(event.pointerId);
      move(event);
    };
    this.element.addEventListener("pointerdown", down, { signal });
    this.element.addEventListener("pointermove", move, { signal });
  }

  update(list: DisplayList, viewport: Viewport, view: Size, theme: Theme): void {
    const visible = visibleBounds(viewport, view);
    const share = (start: number, length: number, total: number): number =>
      Math.max(Math.min(start + length, total) - Math.max(start, 0), 0) / Math.max(total, 1);
    const inView = share(visible.x, visible.width, list.width) * share(visible.y, visible.height, list.height);
    this.element.hidden = inView > HIDE_FROM || list.targets.length === 0 || view.width < 3 * MAX_WIDTH;
    if (this.element.hidden) return;
    if (list !== this.#list || theme !== this.#theme) {
      [this.#list, this.#theme] = [list, theme];
      this.#ground = this.#drawGround(list, theme);
    }
    const context = this.element.getContext("2d");
    if (!context || !this.#ground) return;
    const scale = this.#scale();
    this.element.width = this.#ground.width;
    this.element.height = this.#ground.height;
    context.drawImage(this.#ground, 0, 0);
    context.strokeStyle = theme.accent;
    context.lineWidth = 2;
    const middle = centreOf(visible);
    const [width, height] = [visible.width, visible.height].map((length) => Math.max(length * scale, MIN_FRAME)) as [number, number];
    context.strokeRect(middle.x * scale - width / 2, middle.y * scale - height / 2, width, height);
  }

  #scale(): number {
    return this.#list ? Math.min(MAX_WIDTH / Math.max(this.#list.width, 1), MAX_HEIGHT / Math.max(this.#list.height, 1)) : 1;
  }

  /** Boxes alone tell where one is; lines and texts would be too fine to see. */
  #drawGround(list: DisplayList, theme: Theme): HTMLCanvasElement {
    const scale = this.#scale();
    const canvas = make("canvas", { width: String(Math.max(Math.ceil(list.width * scale), 24)), height: String(Math.max(Math.ceil(list.height * scale), 24)) });
    const context = canvas.getContext("2d");
    if (!context) return canvas;
    context.fillStyle = theme.canvas;
    context.fillRect(0, 0, canvas.width, canvas.height);
    for (const { x, y, width, height, isOpen } of list.targets) {
      context.fillStyle = isOpen ? theme.openEven : theme.edge;
      context.fillRect(x * scale, y * scale, Math.max(width * scale, 1), Math.max(height * scale, 1));
    }
    return canvas;
  }
}
