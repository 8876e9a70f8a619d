/** Mouse, pen and wheel on the stage, as actions on the view. */

import type { Point } from "./viewport.ts";

export interface PointerActions {
  pan(dx: number, dy: number): void;
  zoom(factor: number, point: Point): void;
  hover(point: Point | null): void;
  click(point: Point): void;
  doubleClick(point: Point): void;
}

const DRAG_PIXELS = 4;

export function listenToPointer(stage: HTMLElement, actions: PointerActions, signal: AbortSignal): void {
  let start: Point | null = null;
  let last: Point | null = null;
  let isDrag = false;
  const pointOf = (event: MouseEvent): Point => {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const listen = <Name extends keyof HTMLElementEventMap>(name: Name, handle: (event: HTMLElementEventMap[Name]) => void): void => {
    stage.addEventListener(name, handle, { signal, passive: false });
  };
  listen("pointerdown", (event) => {
    if (event.button !== 0) return;
    stage.focus({ preventScroll: true });
    stage.setPointerCapture(event.pointerId);
    start = last = pointOf(event);
    isDrag = false;
  });
  listen("pointermove", (event) => {
    const point = pointOf(event);
    if (!start || !last) {
      actions.hover(point);
      return;
    }
    isDrag ||= Math.hypot(point.x - start.x, point.y - start.y) > DRAG_PIXELS;
    if (isDrag) actions.pan(point.x - last.x, point.y - last.y);
    last = point;
  });
  listen("pointerup", (event) => {
    if (start && !isDrag) actions.click(pointOf(event));
    start = last = null;
  });
  listen("pointercancel", () => (start = last = null));
  listen("pointerleave", () => actions.hover(null));
  listen("dblclick", (event) => actions.doubleClick(pointOf(event)));
  listen("wheel", (event) => {
    const hasFocus = stage.contains(document.activeElement) || (stage.getRootNode() as Document | ShadowRoot).activeElement === stage;
    if (!event.ctrlKey && !hasFocus) return;
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
    actions.zoom(Math.exp(-Math.min(Math.max(pixels, -120), 120) * 0.0025), pointOf(event));
  });
}
