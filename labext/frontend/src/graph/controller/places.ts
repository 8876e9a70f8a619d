/** Finds things in a picture: by place, by path, by nearness. */

import type { DisplayList, Target } from "../displaylist/items.ts";
import type { Box, Sheet } from "../displaylist/placement.ts";
import type { Viewport } from "../../protocol/view_state.ts";
import { centreOf, contains, type Point, type Size, toSheet, toView } from "./viewport.ts";

/** An item and where it is to stay in the view while the picture changes around it. */
export interface Anchor {
  readonly path: string;
  readonly view: Point;
}

export interface PagePlace {
  readonly centre: Point;
  /** The lower left one. */
  readonly corner: Point;
  readonly button: Point | null;
}

export function targetAt(list: DisplayList, place: Point): Target | undefined {
  return list.targets.findLast((target) => contains(target, place));
}

export function targetOf(list: DisplayList, path: string): Target | undefined {
  return list.targets.find((target) => target.path === path);
}

/** The box of what was made first of all that is on show: data mostly come in there. */
export function beginningOf({ boxes }: Sheet): Box | null {
  let first: Box | null = null;
  for (const box of boxes) if (!box.isOpen && !box.isAuxiliary && (!first || box.item.earliest < first.item.earliest)) first = box;
  return first;
}

/** The item nearest to the middle of the view. */
export function anchorInView(list: DisplayList, viewport: Viewport, { width, height }: Size): Anchor | null {
  const middle = toSheet(viewport, { x: width / 2, y: height / 2 });
  let nearest: Target | null = null;
  let least = Infinity;
  for (const target of list.targets) {
    const { x, y } = centreOf(target);
    const distance = Math.hypot(x - middle.x, y - middle.y);
    if (distance < least) [nearest, least] = [target, distance];
  }
  return nearest && { path: nearest.path, view: toView(viewport, centreOf(nearest)) };
}

/** Where a target is on the page, whose stage begins at `origin`. */
export function pagePlaceOf(target: Target, viewport: Viewport, origin: Point): PagePlace {
  const onPage = (point: Point): Point => {
    const { x, y } = toView(viewport, point);
    return { x: x + origin.x, y: y + origin.y };
  };
  return {
    centre: onPage(centreOf(target)),
    corner: onPage({ x: target.x, y: target.y + target.height }),
    button: target.button && onPage(centreOf(target.button)),
  };
}
