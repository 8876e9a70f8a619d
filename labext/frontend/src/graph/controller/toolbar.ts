/** The row of buttons above the graph. */

import { type Message, tr } from "../../language/language.ts";
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

export function makeToolbar(search: HTMLElement, actions: ToolbarActions & { toggleLegend(): void; toggleHelp(): void }): Toolbar {
  const group = (...controls: HTMLElement[]): HTMLElement => make("div", { class: "labext-group", role: "group" }, ...controls);
  const depth = make("select", { "aria-label": tr("Open scopes to a depth") }, ...optionsOf(said(DEPTHS)));
  depth.addEventListener("change", () => {
    if (depth.value !== "") actions.openTo(Number(depth.value));
    depth.value = "";
  });
  const colours = make("select", { class: "labext-colours", "aria-label": tr("Colours") }, ...optionsOf(said(COLOURS)));
  colours.addEventListener("change", () => actions.colourBy(colours.value));
  const element = make(
    "div",
    { class: "labext-toolbar", role: "toolbar", "aria-label": tr("Graph view") },
    search,
    group(depth, makeButton(tr("Close all"), tr("Close all scopes"), actions.closeAll)),
    group(makeButton("−", tr("Zoom out"), () => actions.zoom(0.8)), makeButton(tr("Fit"), tr("Fit the graph into the view"), actions.fit), makeButton("+", tr("Zoom in"), () => actions.zoom(1.25))),
    group(makeButton(tr("Turn"), tr("Let the data flow up, down or to the right"), actions.turn), colours, makeButton(tr("Legend"), tr("Show or hide the legend"), actions.toggleLegend)),
    group(makeButton("SVG", tr("Save the picture as {format}", { format: "SVG" }), actions.saveSvg), makeButton("PNG", tr("Save the picture as {format}", { format: "PNG" }), actions.savePng), makeButton("?", tr("Show or hide the keys"), actions.toggleHelp)),
  );
  return {
    element,
    offerColours(attributes) {
      const chosen = colours.value;
      const named = attributes.slice(0, MAX_ATTRIBUTES).map((name) => [`attribute ${name}`, tr("by {name}", { name })] as const);
      colours.replaceChildren(...optionsOf([...said(COLOURS), ...named]));
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

function said(pairs: readonly (readonly [string, Message])[]): (readonly [string, string])[] {
  return pairs.map(([value, text]) => [value, tr(text)] as const);
}

function optionsOf(pairs: readonly (readonly [string, string])[]): HTMLOptionElement[] {
  return pairs.map(([value, text]) => make("option", { value }, text));
}
