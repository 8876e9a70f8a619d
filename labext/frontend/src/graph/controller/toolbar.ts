/** The row of buttons above the graph. */

import { make, makeButton } from "./elements.ts";

export interface ToolbarActions {
  openTo(depth: number): void;
  closeAll(): void;
  fit(): void;
  zoom(factor: number): void;
  turn(): void;
  colourBy(what: string): void;
  saveSvg(): void;
  savePng(): void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  /** Lists the attributes to colour by. */
  offerColours(attributes: readonly string[]): void;
  chooseColour(colourBy: string): void;
}

const COLOURS = [["", "No colours"], ["structure", "Colour by structure"], ["device", "by device"], ["op", "by operation"], ["values", "by your values"]] as const;
const DEPTHS = [["", "Open …"], ["1", "1 level"], ["2", "2 levels"], ["3", "3 levels"], ["99", "All"]] as const;
const MAX_ATTRIBUTES = 12;

export function makeToolbar(search: HTMLElement, actions: ToolbarActions & { toggleLegend(): void }): Toolbar {
  const group = (...controls: HTMLElement[]): HTMLElement => make("div", { class: "labext-group", role: "group" }, ...controls);
  const depth = make("select", { "aria-label": "Open scopes to a depth" }, ...optionsOf(DEPTHS));
  depth.addEventListener("change", () => {
    if (depth.value !== "") actions.openTo(Number(depth.value));
    depth.value = "";
  });
  const colours = make("select", { "aria-label": "Colours" }, ...optionsOf(COLOURS));
  colours.addEventListener("change", () => actions.colourBy(colours.value));
  const element = make(
    "div",
    { class: "labext-toolbar", role: "toolbar", "aria-label": "Graph view" },
    search,
    group(depth, makeButton("Close all", "Close all scopes", actions.closeAll)),
    group(makeButton("−", "Zoom out", () => actions.zoom(0.8)), makeButton("Fit", "Fit the graph into the view", actions.fit), makeButton("+", "Zoom in", () => actions.zoom(1.25))),
    group(makeButton("Turn", "Let the data flow up, down or to the right", actions.turn), colours, makeButton("Legend", "Show or hide the legend", actions.toggleLegend)),
    group(makeButton("SVG", "Save the picture as SVG", actions.saveSvg), makeButton("PNG", "Save the picture as PNG", actions.savePng)),
  );
  return {
    element,
    offerColours(attributes) {
      const chosen = colours.value;
      const named = attributes.slice(0, MAX_ATTRIBUTES).map((name) => [`attribute ${name}`, `by ${name}`] as const);
      colours.replaceChildren(...optionsOf([...COLOURS, ...named]));
      colours.value = chosen;
    },
    chooseColour(colourBy) {
      colours.value = colourBy;
      if (colours.value === colourBy) return;
      colours.append(...optionsOf([[colourBy, colourBy]]));
      colours.value = colourBy;
    },
  };
}

function optionsOf(pairs: readonly (readonly [string, string])[]): HTMLOptionElement[] {
  return pairs.map(([value, text]) => make("option", { value }, text));
}
