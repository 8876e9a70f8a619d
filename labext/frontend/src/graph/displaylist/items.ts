/** What a picture is made of. Colours are roles; a theme gives them values. */

export const ROLES = [
  "canvas", "text", "muted", "accent", "focus",
  "scopeFill", "scopeLine", "openEven", "openOdd",
  "opFill", "opLine", "constantFill", "constantLine", "inputFill", "inputLine",
  "variableFill", "variableLine", "summaryFill", "summaryLine",
  "edge", "control", "reference", "incoming", "outgoing", "plate",
  "hue0", "hue1", "hue2", "hue3", "hue4", "hue5", "hue6", "hue7", "hue8", "hue9",
  "heat0", "heat1", "heat2", "heat3", "heat4", "added", "removed", "changed",
  "ran", "backward", "failed",
] as const;
export type Role = (typeof ROLES)[number];

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Stroke {
  readonly stroke: Role | null;
  readonly lineWidth: number;
  readonly isDashed: boolean;
}

/** A rectangle with round corners; a radius of half its size makes a pill or a circle. */
export interface RectItem extends Bounds, Stroke {
  readonly type: "rect";
  readonly radius: number;
  readonly fill: Role | null;
  /** Clears the ground for text of this size: painted only where that is. */
  readonly textSize?: number;
}

/** A move, then lines (two numbers) and cubic curves (six numbers). */
export type PathSteps = readonly (readonly number[])[];

export interface PathItem extends Stroke {
  readonly type: "path";
  readonly steps: PathSteps;
  readonly fill: Role | null;
  readonly bounds: Bounds;
}

/** One line of text; `y` is its middle. */
export interface TextItem {
  readonly type: "text";
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly isBold: boolean;
  readonly anchor: "start" | "middle" | "end";
  readonly fill: Role;
  readonly bounds: Bounds;
}

export type DisplayItem = RectItem | PathItem | TextItem;

/** Something that can be pointed at. */
export interface Target extends Bounds {
  readonly path: string;
  readonly isOpen: boolean;
  /** The button that opens or closes it. */
  readonly button: Bounds | null;
}

export interface DisplayList {
  readonly width: number;
  readonly height: number;
  readonly items: readonly DisplayItem[];
  /** From the outermost to the innermost. */
  readonly targets: readonly Target[];
}

export function boundsOf(item: DisplayItem): Bounds {
  return item.type === "rect" ? item : item.bounds;
}

const RIM = 6;

/** Puts items over a picture, which grows to the right and below as far as they need. */
export function laidOver(list: DisplayList, items: readonly DisplayItem[]): DisplayList {
  let { width, height } = list;
  for (const item of items) {
    const bounds = boundsOf(item);
    width = Math.max(width, bounds.x + bounds.width + RIM);
    height = Math.max(height, bounds.y + bounds.height + RIM);
  }
  return { ...list, width, height, items: [...list.items, ...items] };
}
