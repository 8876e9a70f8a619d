/** Turns nested layouts into boxes and routes on one sheet, in the wished direction. */

import type { Direction } from "../../protocol/view_state.ts";
import type { Place } from "../layout/contract.ts";
import type { Glyph } from "../layout/glyphs.ts";
import type { ScopeLayout } from "../layout/nested.ts";
import type { Item } from "../scopes/items.ts";
import type { LevelEdge } from "../visible/level_edge.ts";
import type { Bounds } from "./items.ts";

export interface Box extends Bounds {
  readonly item: Item;
  readonly glyph: Glyph;
  readonly isOpen: boolean;
  readonly isAuxiliary: boolean;
  readonly title: string;
}

export interface Wire {
  readonly edge: LevelEdge;
  readonly scope: Item;
  /** The items at its ends; null where it ends at a port. */
  readonly from: Box | null;
  readonly to: Box | null;
  readonly route: readonly Place[];
  readonly label: Place | null;
  readonly isDetached: boolean;
}

export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly direction: Direction;
  /** Outer boxes before those inside them. */
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
  /** Left end of the root's auxiliary area, or null. */
  readonly auxiliaryStart: number | null;
}

export function placeOnSheet(root: ScopeLayout, direction: Direction): Sheet {
  const place = placerOf(root, direction);
  const boxes: Box[] = [];
  const wires: Wire[] = [];
  const stack: { layout: ScopeLayout; origin: Place }[] = [{ layout: root, origin: { x: 0, y: 0 } }];
  for (let at = stack.pop(); at; at = stack.pop()) {
    const { layout, origin } = at;
    const own = layout.children.map((child): Box => {
      const centre = place(origin.x + child.x, origin.y + child.y);
      const [width, height] = direction === "right" ? [child.height, child.width] : [child.width, child.height];
      const { item, glyph, open, isAuxiliary } = child;
      if (open) stack.push({ layout: open, origin: { x: origin.x + child.x - child.width / 2, y: origin.y + child.y - child.height / 2 } });
      return { item, glyph, isOpen: open !== null, isAuxiliary, title: open?.title ?? glyph.title, x: centre.x - width / 2, y: centre.y - height / 2, width, height };
    });
    boxes.push(...own);
    const move = ({ x, y }: Place): Place => place(origin.x + x, origin.y + y);
    const wireOf = (edge: LevelEdge, route: readonly Place[], label: Place | null, isDetached: boolean): Wire => ({
      edge,
      scope: layout.scope.level.scope,
      from: own[edge.from] ?? null,
      to: own[edge.to] ?? null,
      route: route.map(move),
      label: label && move(label),
      isDetached,
    });
    for (const { edge, route, label } of layout.edges) wires.push(wireOf(edge, route, label, false));
    for (const edge of layout.scope.detached) wires.push(wireOf(edge, [], null, true));
  }
  const [width, height] = direction === "right" ? [root.height, root.width] : [root.width, root.height];
  return { width, height, direction, boxes, wires, auxiliaryStart: root.auxiliaryStart };
}

function placerOf(root: ScopeLayout, direction: Direction): (x: number, y: number) => Place {
  switch (direction) {
    case "up":
      return (x, y) => ({ x, y: root.height - y });
    case "down":
      return (x, y) => ({ x, y });
    case "right":
      return (x, y) => ({ x: y, y: x });
  }
}
