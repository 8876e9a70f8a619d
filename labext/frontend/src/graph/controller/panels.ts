/** What stands around and over the canvas of a view, and follows the notebook's theme. */

import { tr } from "../../language/language.ts";
import type { Colouring } from "../colours/colouring.ts";
import type { Bounds } from "../displaylist/items.ts";
import { buildLegend } from "../displaylist/legend.ts";
import { paintSvg } from "../painters/svg.ts";
import type { Item, Tree } from "../scopes/items.ts";
import { type AriaTree, makeAriaTree } from "./aria_tree.ts";
import { make } from "./elements.ts";
import { makeHelp } from "./help.ts";
import { KEY_HELP } from "./keyboard.ts";
import { Minimap } from "./minimap.ts";
import { followTheme, type NotebookTheme, themeAt } from "./notebook_theme.ts";
import { makeSearchBox, type SearchBox } from "./search_box.ts";
import { type Frame, Stage } from "./stage.ts";
import { makeToolbar, type Toolbar, type ToolbarActions } from "./toolbar.ts";
import type { Point, Size } from "./viewport.ts";

export interface PanelActions extends ToolbarActions {
  tree(): Tree | null;
  select(path: string): void;
  frame(): Frame | null;
  resized(): void;
  painted(): void;
  /** Brings a point of the sheet into the middle of the view. */
  goTo(place: Point): void;
}

export class Panels {
  readonly element = make("div", { class: "labext-graph" });
  readonly stage: Stage;
  readonly minimap: Minimap;
  readonly tree: AriaTree = makeAriaTree();
  theme: NotebookTheme;
  readonly toolbar: Toolbar;
  readonly #search: SearchBox;
  readonly #resized: () => void;
  readonly #card = make("section", { class: "labext-card", "aria-label": tr("Selected node") });
  readonly #legend = make("section", { class: "labext-legend", "aria-label": tr("Legend") });
  readonly #help = makeHelp(() => this.toggleHelp());
  readonly #notice = make("p", { class: "labext-notice", role: "status" });
  #colouring: Colouring | null = null;
  #cardKey: readonly unknown[] = [];
  #cardLife = new AbortController();

  constructor(parent: HTMLElement, actions: PanelActions, signal: AbortSignal) {
    this.#search = makeSearchBox(actions.tree, (path) => {
      actions.select(path);
      this.stage.element.focus({ preventScroll: true });
    });
    this.stage = new Stage(actions.frame, actions.resized, actions.painted, signal);
    this.stage.element.append(this.tree.element);
    this.stage.element.setAttribute("aria-description", KEY_HELP.map(([key, text]) => `${key}: ${tr(text)}`).join(" · "));
    this.minimap = new Minimap(actions.goTo, signal);
    this.#resized = actions.resized;
    this.#legend.hidden = this.#card.hidden = this.#notice.hidden = this.#help.hidden = true;
    const toggles = { toggleLegend: () => this.#showLegend(this.#legend.hidden), toggleHelp: () => this.toggleHelp() };
    this.toolbar = makeToolbar(this.#search.element, { ...actions, ...toggles });
    const body = make("div", { class: "labext-body" }, this.stage.element, this.minimap.element, this.#legend, this.#card, this.#notice, this.#help);
    this.element.append(this.toolbar.element, body);
    parent.append(this.element);
    this.theme = themeAt(this.element);
    this.#applyTheme();
    followTheme(() => {
      this.theme = themeAt(this.element);
      this.#applyTheme();
    }, signal);
  }

  /** The parts of the stage that the legend leaves free: above it and beside it. */
  get besideLegend(): readonly Bounds[] {
    const { width, height } = this.stage.size;
    if (this.#legend.hidden) return [{ x: 0, y: 0, width, height }];
    const { offsetTop, offsetLeft, offsetWidth } = this.#legend;
    const right = offsetLeft + offsetWidth;
    return [{ x: 0, y: 0, width, height: offsetTop }, { x: right, y: 0, width: width - right, height }];
  }

  /** The part of the stage, from its upper left corner on, that the card at the right or below leaves free. */
  get besideCard(): Size {
    const { size } = this.stage;
    if (this.#card.hidden) return size;
    const { offsetLeft, offsetTop } = this.#card;
    return offsetLeft > size.width / 2 ? { ...size, width: offsetLeft } : { ...size, height: offsetTop };
  }

  showNotice(text: string): void {
    if (text === this.#notice.textContent) return;
    this.#notice.textContent = text;
    this.#notice.hidden = text === "";
  }

  /** Fills the card anew only where it would say something else: the user may have folded a part of it. */
  showCard(item: Item | undefined, fill: (card: HTMLElement, item: Item, signal: AbortSignal) => void, mood: string): void {
    this.#card.hidden = !item;
    const key = [item, mood];
    if (key.every((part, at) => part === this.#cardKey[at])) return;
    this.#cardKey = key;
    this.#cardLife.abort();
    this.#cardLife = new AbortController();
    const focused = this.#card.querySelector<HTMLButtonElement>("button:focus")?.name;
    if (item) fill(this.#card, item, this.#cardLife.signal);
    // The keyboard stays on the button it has pressed, or where the card has led it.
    if (focused !== undefined) (this.#card.querySelector<HTMLElement>(`button[name="${focused}"]`) ?? this.stage.element).focus({ preventScroll: true });
  }

  /** What colours mean must be seen: they open the legend when they come. */
  showColouring(colourBy: string, colouring: Colouring | null): void {
    this.toolbar.chooseColour(colourBy);
    const hadColours = this.#colouring !== null;
    this.#colouring = colouring;
    if (colouring || hadColours) this.#showLegend((colouring && !hadColours) || !this.#legend.hidden);
  }

  toggleHelp(): void {
    this.#help.hidden = !this.#help.hidden;
    if (this.#help.hidden) this.stage.element.focus({ preventScroll: true });
    else this.#help.querySelector("button")?.focus();
  }

  focusSearch(): void {
    this.#search.focus();
  }

  #applyTheme(): void {
    this.element.classList.toggle("labext-dark", this.theme.name === "dark");
    this.#showLegend(!this.#legend.hidden);
    this.stage.request();
  }

  #showLegend(isShown: boolean): void {
    this.#legend.hidden = !isShown;
    if (isShown) this.#drawLegend();
    this.#resized();
  }

  #drawLegend(): void {
    const legend = buildLegend(this.#colouring);
    const svg = paintSvg(legend, { theme: { ...this.theme.colours, canvas: "transparent" }, title: tr("Legend"), maxWidth: legend.width, id: "" });
    this.#legend.replaceChildren(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement);
  }
}
