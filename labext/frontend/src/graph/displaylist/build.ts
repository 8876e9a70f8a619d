/** Draws a sheet: the picture itself, and what lies over it for the selected and the pointed-at item. */

import { tr } from "../../language/language.ts";
import type { Colouring } from "../colours/colouring.ts";
import type { Item } from "../scopes/items.ts";
import { drawDetached, drawLabel, drawWire } from "./edges.ts";
import type { DisplayItem, DisplayList, Role, Target } from "./items.ts";
import { CAPTION_SIZE } from "../layout/glyphs.ts";
import { inChunks, type Steps } from "../steps.ts";
import { buttonOf, drawBox, label, rect } from "./nodes.ts";
import type { Box, Sheet, Wire } from "./placement.ts";

const DRAWN_A_STEP = 100;

export function* displayListSteps(sheet: Sheet, colouring: Colouring | null): Steps<DisplayList> {
  const { direction } = sheet;
  const items: DisplayItem[] = [];
  const draw = function* <Part>(parts: readonly Part[], drawn: (part: Part) => readonly DisplayItem[]): Steps<void> {
    yield* inChunks(parts.length, DRAWN_A_STEP, (start, end) => {
      for (let at = start; at < end; at++) for (const item of drawn(parts[at] as Part)) items.push(item);
    });
  };
  const wires = sheet.wires.filter((wire) => !wire.isDetached);
  yield* draw(sheet.boxes.filter((box) => box.isOpen), (box) => drawBox(box, direction));
  yield* draw(wires, (wire) => drawWire(wire, direction));
  yield* draw(wires, drawLabel);
  yield* draw(sheet.boxes.filter((box) => !box.isOpen), (box) => drawBox(box, direction, colouring?.roleOf(box.item) ?? null));
  items.push(...auxiliaryCaption(sheet));
  return { width: sheet.width, height: sheet.height, items, targets: sheet.boxes.map(targetOf) };
}

/** Marks the selected and the hovered item, and shows what they are connected to; `isTraced` marks what the selection needs. */
export function buildOverlay(sheet: Sheet, selected: string | null, hovered: string | null, isTraced: ((item: Item) => boolean) | null = null): DisplayItem[] {
  const items: DisplayItem[] = isTraced ? drawTrace(sheet, isTraced) : [];
  for (const path of new Set([hovered, selected])) {
    const box = sheet.boxes.find(({ item }) => item.path === path);
    if (!box) continue;
    for (const wire of sheet.wires) {
      const role = wire.from === box ? "outgoing" : wire.to === box ? "incoming" : null;
      if (role && path === selected) items.push(...drawConnection(wire, sheet, role));
      else if (role && wire.isDetached) items.push(...drawConnection(wire, sheet, "control"));
    }
    items.push(outline(box, path === selected ? "accent" : "focus"));
  }
  return items;
}

function drawTrace(sheet: Sheet, isTraced: (item: Item) => boolean): DisplayItem[] {
  const traced = new Set(sheet.boxes.filter(({ item }) => isTraced(item)));
  const wires = sheet.wires.filter(({ from, to, isDetached }) => !isDetached && [from, to].every((end) => end === null || traced.has(end)));
  return [
    ...wires.flatMap((wire) => drawWire(wire, sheet.direction, "accent", 0.75)),
    ...[...traced].filter((box) => !box.isOpen).map((box) => outline(box, "accent")),
  ];
}

function auxiliaryCaption({ auxiliaryStart, direction }: Sheet): DisplayItem[] {
  if (auxiliaryStart === null) return [];
  const [x, y] = direction === "right" ? [16, auxiliaryStart - 10] : [auxiliaryStart, 18];
  return [label(tr("Auxiliary nodes"), x, y, CAPTION_SIZE, "muted", true, "start")];
}

function drawConnection(wire: Wire, sheet: Sheet, role: Role): DisplayItem[] {
  if (!wire.isDetached) return [...drawWire(wire, sheet.direction, role, 0.75), ...drawLabel(wire)];
  return wire.from && wire.to ? drawDetached(wire.from, wire.to, wire.edge.kind, role) : [];
}

function outline(box: Box, role: Role): DisplayItem {
  const gap = 3;
  const isPill = box.item.kind === "op" && box.glyph.kind !== "constant";
  return rect({ x: box.x - gap, y: box.y - gap, width: box.width + 2 * gap, height: box.height + 2 * gap }, isPill ? box.height / 2 + gap : 10, null, role, 2);
}

function targetOf(box: Box): Target {
  return { path: box.item.path, isOpen: box.isOpen, button: buttonOf(box), x: box.x, y: box.y, width: box.width, height: box.height };
}
