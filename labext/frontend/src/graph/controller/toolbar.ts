/** The row of buttons above the graph. */

import { make, makeButton } from "./elements.ts";

export interface ToolbarActions {
  openAll(): void;
  closeAll(): void;
  fit(): void;
  zoom(factor: number): void;
  turn(): void;
  toggleLegend(): void;
  saveSvg(): void;
  savePng(): void;
}

export function makeToolbar(search: HTMLElement, actions: ToolbarActions): HTMLElement {
  const group = (...buttons: HTMLButtonElement[]): HTMLElement => make("div", { class: "labext-group", role: "group" }, ...buttons);
  return make(
    "div",
    { class: "labext-toolbar", role: "toolbar", "aria-label": "Graph view" },
    search,
    group(makeButton("Open all", "Open all scopes", actions.openAll), makeButton("Close all", "Close all scopes", actions.closeAll)),
    group(makeButton("−", "Zoom out", () => actions.zoom(0.8)), makeButton("Fit", "Fit the graph into the view", actions.fit), makeButton("+", "Zoom in", () => actions.zoom(1.25))),
    group(makeButton("Turn", "Let the data flow up, down or to the right", actions.turn), makeButton("Legend", "Show or hide the legend", actions.toggleLegend)),
    group(makeButton("SVG", "Save the picture as SVG", actions.saveSvg), makeButton("PNG", "Save the picture as PNG", actions.savePng)),
  );
}
