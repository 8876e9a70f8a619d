/** Colours of the roles. Text keeps a contrast of 4.5 to its ground, lines that carry meaning 3. */

import type { Role } from "../displaylist/items.ts";

export type Theme = Readonly<Record<Role, string>>;
export type ThemeName = "light" | "dark";

export const THEMES: Readonly<Record<ThemeName, Theme>> = {
  light: {
    canvas: "#ffffff", text: "#1c2430", muted: "#596475", accent: "#0b62c4", focus: "#6a9bd8",
    scopeFill: "#e6ecf5", scopeLine: "#72829e", openEven: "#eef2f8", openOdd: "#f7f9fc",
    opFill: "#ffffff", opLine: "#75829a", constantFill: "#ffffff", constantLine: "#727f92", inputFill: "#e2f3ee", inputLine: "#2f8f74",
    variableFill: "#fdf0dc", variableLine: "#bd7d1c", summaryFill: "#f1eafa", summaryLine: "#8661b8",
    edge: "#7c889b", control: "#7c889b", reference: "#c0670f", incoming: "#0b62c4", outgoing: "#b3398a", plate: "#ffffff",
    hue0: "#cfe3fb", hue1: "#fde0bd", hue2: "#d3efcf", hue3: "#fbd3d3", hue4: "#e6daf7", hue5: "#ecdccf", hue6: "#fbd9ee", hue7: "#f4efb8", hue8: "#c9eef0", hue9: "#dfe3e8",
    heat0: "#fff7ec", heat1: "#fee3bd", heat2: "#fdc98f", heat3: "#fda55f", heat4: "#f47f43", added: "#c8eccc", removed: "#fbcfcf", changed: "#fbe7ae",
    ran: "#18794e", backward: "#7a3fc4", failed: "#c92431",
  },
  dark: {
    canvas: "#14171c", text: "#e7ebf1", muted: "#a3aebd", accent: "#6cb0ff", focus: "#4d79ad",
    scopeFill: "#2a3342", scopeLine: "#71819b", openEven: "#1d232d", openOdd: "#191d25",
    opFill: "#20262f", opLine: "#76849a", constantFill: "#20262f", constantLine: "#8390a4", inputFill: "#173a33", inputLine: "#4cb497",
    variableFill: "#41311a", variableLine: "#d49a42", summaryFill: "#33294a", summaryLine: "#a583d8",
    edge: "#71809a", control: "#71809a", reference: "#e89248", incoming: "#6cb0ff", outgoing: "#e982c3", plate: "#242b36",
    hue0: "#1f4468", hue1: "#5e4018", hue2: "#27502b", hue3: "#5f2b2e", hue4: "#45356a", hue5: "#4d3d30", hue6: "#5a2c4b", hue7: "#504b16", hue8: "#1a4c50", hue9: "#3a414b",
    heat0: "#2a221b", heat1: "#4a3217", heat2: "#6b4112", heat3: "#8a4a10", heat4: "#a8501a", added: "#1f5130", removed: "#632a2d", changed: "#5c4a12",
    ran: "#4cc38a", backward: "#b794f6", failed: "#ff7b78",
  },
};

export const FONT_FAMILY = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', system-ui, sans-serif";
export const DASH: readonly number[] = [4, 3];
