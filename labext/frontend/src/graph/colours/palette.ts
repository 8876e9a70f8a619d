/** Roles for data; themes give them values that dark or light text can be read on. */

import type { Role } from "../displaylist/items.ts";

export const HUES = ["hue0", "hue1", "hue2", "hue3", "hue4", "hue5", "hue6", "hue7", "hue8", "hue9"] as const satisfies readonly Role[];
export const HEATS = ["heat0", "heat1", "heat2", "heat3", "heat4"] as const satisfies readonly Role[];
/** How two graphs differ, by the value of the attribute `difference`. */
export type Difference = "same" | "added" | "removed" | "changed";
export const DIFFERENCES: Readonly<Record<Difference, Role>> & Readonly<Record<string, Role>> = { same: "opFill", added: "added", removed: "removed", changed: "changed" };
