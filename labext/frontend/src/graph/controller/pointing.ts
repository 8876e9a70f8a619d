/** What pointing at a place of the stage does: marks, selects, opens. */

import type { Viewport } from "../../protocol/view_state.ts";
import type { Target } from "../displaylist/items.ts";
import type { Picture } from "../graph_picture.ts";
import { targetAt } from "./places.ts";
import type { PointerActions } from "./pointer.ts";
import { contains, type Point, toSheet } from "./viewport.ts";

export interface PointedView {
  readonly picture: Picture | null;
  readonly viewport: Viewport;
  toggle(path: string, point: Point): void;
}

export interface PointedActions {
  select(path: string | null): void;
  /** Hears where the pointer is, each time that this is another item. */
  hovered(path: string | null): void;
}

export function pointingAt(view: PointedView, stage: HTMLElement, actions: PointedActions): Pick<PointerActions, "hover" | "click" | "doubleClick"> {
  let hovered: string | null = null;
  const find = (point: Point): { readonly target: Target | undefined; readonly isOnButton: boolean } => {
    const { picture, viewport } = view;
    const place = toSheet(viewport, point);
    const target = picture ? targetAt(picture.list, place) : undefined;
    return { target, isOnButton: Boolean(target?.button && contains(target.button, place)) };
  };
  return {
    hover(point) {
      const { target, isOnButton } = point ? find(point) : { target: undefined, isOnButton: false };
      stage.style.cursor = isOnButton ? "pointer" : "default";
      if ((target?.path ?? null) === hovered) return;
      hovered = target?.path ?? null;
      stage.title = hovered ?? "";
      actions.hovered(hovered);
    },
    click(point) {
      const { target, isOnButton } = find(point);
      if (target && isOnButton) view.toggle(target.path, point);
      else actions.select(target?.path ?? null);
    },
    doubleClick(point) {
      const { target, isOnButton } = find(point);
      if (target?.button && !isOnButton) view.toggle(target.path, point);
    },
  };
}
