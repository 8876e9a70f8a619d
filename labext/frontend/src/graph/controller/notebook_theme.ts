/** The notebook's own colours, followed when they change. */

import { type Theme, type ThemeName, THEMES } from "../painters/theme.ts";

export interface NotebookTheme {
  readonly name: ThemeName;
  readonly colours: Theme;
}

export function themeAt(element: Element): NotebookTheme {
  // A view is made before it is put into the page, where alone it has colours.
  const style = getComputedStyle(element.isConnected ? element : document.body);
  const background = parseColour(style.getPropertyValue("--jp-layout-color0") || style.getPropertyValue("--jp-layout-color1"));
  const isDark = background ? luminance(background) < 0.4 : matchMedia("(prefers-color-scheme: dark)").matches;
  const name: ThemeName = isDark ? "dark" : "light";
  const canvas = background ? `rgb(${background.join(" ")})` : THEMES[name].canvas;
  return { name, colours: { ...THEMES[name], canvas } };
}

/** Calls back after a change of the theme until the signal aborts. */
export function followTheme(onChange: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(onChange);
  for (const element of [document.body, document.documentElement]) {
    observer.observe(element, { attributes: true, attributeFilter: ["data-jp-theme-name", "data-jp-theme-light", "data-theme", "class", "style"] });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", onChange, { signal });
  signal.addEventListener("abort", () => observer.disconnect());
}

type Colour = readonly [number, number, number];

function parseColour(text: string): Colour | null {
  const trimmed = text.trim();
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(trimmed)?.[1];
  if (hex) {
    const digits = hex.length === 3 ? Array.from(hex, (digit) => digit + digit) : (hex.match(/../g) ?? []);
    return colourOf(digits.map((pair) => Number.parseInt(pair, 16)));
  }
  if (trimmed === "white") return [255, 255, 255];
  if (trimmed === "black") return [0, 0, 0];
  const numbers = /^rgba?\(([^)]*)\)/.exec(trimmed)?.[1]?.split(/[\s,/]+/).map(Number);
  return numbers ? colourOf(numbers) : null;
}

function colourOf([red, green, blue]: readonly number[]): Colour | null {
  return red === undefined || green === undefined || blue === undefined || [red, green, blue].some(Number.isNaN) ? null : [red, green, blue];
}

function luminance([red, green, blue]: Colour): number {
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}
