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
  },
  dark: {
    canvas: "#14171c", text: "#e7ebf1", muted: "#a3aebd", accent: "#6cb0ff", focus: "#4d79ad",
    scopeFill: "#2a3342", scopeLine: "#71819b", openEven: "#1d232d", openOdd: "#191d25",
    opFill: "#20262f", opLine: "#76849a", constantFill: "#20262f", constantLine: "#8390a4", inputFill: "#173a33", inputLine: "#4cb497",
    variableFill: "#41311a", variableLine: "#d49a42", summaryFill: "#33294a", summaryLine: "#a583d8",
    edge: "#71809a", control: "#71809a", reference: "#e89248", incoming: "#6cb0ff", outgoing: "#e982c3", plate: "#242b36",
  },
};

export const FONT_FAMILY = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', system-ui, sans-serif";
export const DASH: readonly number[] = [4, 3];
