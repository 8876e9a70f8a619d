/** The notebook's colours, as the canvas needs them. */

/** Colours of everything that is not a curve. */
export interface Theme {
  readonly isDark: boolean;
  readonly ink: string;
  readonly rule: string;
  readonly background: string;
}

/** Reads the colours that hold at this element now. */
export function themeAt(element: Element): Theme {
  const style = getComputedStyle(element);
  const read = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  const background = read("--gl-background", "#ffffff");
  return { isDark: isDarkTheme(), ink: read("--gl-ink-2", "#59636e"), rule: read("--gl-grid", "#e4e7eb"), background };
}

/** Calls back when the notebook changes its theme, until the signal aborts. */
export function onThemeChange(callback: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(callback);
  observer.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}

/** Whether the notebook is dark; reading its colours makes the browser lay out the page. */
export function isDarkTheme(): boolean {
  const { jpThemeLight } = document.body.dataset;
  if (jpThemeLight !== undefined) return jpThemeLight === "false";
  return document.body.classList.contains("vscode-dark") || matchMedia("(prefers-color-scheme: dark)").matches;
}
