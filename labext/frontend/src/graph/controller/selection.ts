/** What follows the selection: the card that tells of the item, and the way that brings its box out from under the card. */

import type { Viewport, ViewState } from "../../protocol/view_state.ts";
import type { DisplayItem } from "../displaylist/items.ts";
import type { Picture } from "../graph_picture.ts";
import type { Item } from "../scopes/items.ts";
import { pause } from "../steps.ts";
import { fillCard } from "./card.ts";
import { setAside, setGrouped } from "./edits.ts";
import type { Panels } from "./panels.ts";
import { targetOf } from "./places.ts";
import { isCovered, reveal } from "./viewport.ts";

/** What lies over the graph without a part in its layout. */
export interface Overlay {
  items(picture: Picture): readonly DisplayItem[];
  /** The overlay's own section of an item's card. */
  card(item: Item): HTMLElement | null;
}

export interface SelectingView {
  readonly picture: Picture | null;
  readonly state: ViewState;
  readonly viewport: Viewport;
  readonly overlay: Overlay | null;
  isOpen(item: Item | null): boolean;
  edit(change: Partial<ViewState>): void;
  select(path: string, isCentred: boolean): void;
  toggle(path: string): void;
}

/** What is clicked stays under the pointer until it can be no double click any more. */
const DOUBLE_CLICK_MS = 500;

export class Selection {
  readonly #view: SelectingView;
  readonly #panels: Panels;
  #isCardDue = false;
  #revealing = 0;

  constructor(view: SelectingView, panels: Panels, signal: AbortSignal) {
    this.#view = view;
    this.#panels = panels;
    signal.addEventListener("abort", () => clearTimeout(this.#revealing));
  }

  /** The card may have something else to say. */
  changed(): void {
    this.#isCardDue = true;
  }

  /** The card comes after the picture, and after a second click that may open what the first has selected. */
  painted(isBusy: boolean): void {
    if (this.#isCardDue && !isBusy) void pause().then(() => this.#showCard());
  }

  /** Brings an item's box to where the card does not cover it. */
  reveal(path: string, scale: number): void {
    const { picture, viewport: now } = this.#view;
    const target = picture && targetOf(picture.list, path);
    if (!target || this.#panels.stage.size.width === 0) return;
    this.#showCard();
    const viewport = reveal({ ...now, scale }, this.#panels.besideCard, target);
    if (viewport.x !== now.x || viewport.y !== now.y) this.#view.edit({ viewport });
  }

  /** The same for what is selected under the pointer, when that rests. */
  revealLater(path: string | null): void {
    clearTimeout(this.#revealing);
    this.#revealing = window.setTimeout(() => {
      const { picture, viewport, state } = this.#view;
      const target = picture && path !== null && path === state.selected && targetOf(picture.list, path);
      if (target && isCovered(target, viewport, this.#panels.besideCard)) this.reveal(target.path, viewport.scale);
    }, DOUBLE_CLICK_MS);
  }

  #showCard(): void {
    const view = this.#view;
    const { picture } = view;
    if (!this.#isCardDue || !picture) return;
    this.#isCardDue = false;
    const { scene, sheet } = picture;
    const { selected: path, trace } = view.state;
    const item = path === null ? undefined : scene.tree.get(path);
    const isAside = sheet.boxes.find((box) => box.item === item)?.isAuxiliary ?? false;
    this.#panels.showCard(item, (card, one, signal) => {
      fillCard(card, one, scene, { isOpen: view.isOpen(one), isAside, trace }, {
        select: (other) => view.select(other, true),
        toggle: (other) => view.toggle(other),
        setAside: (other, aside) => view.edit(setAside(view.state, other, aside)),
        setGrouped: (other, isGrouped) => view.edit(setGrouped(view.state, other, isGrouped)),
        trace: (side) => view.edit({ trace: side }),
        close: () => view.edit({ selected: null }),
      }, signal);
      card.append(view.overlay?.card(one) ?? "");
    },
    `${trace} ${isAside} ${view.isOpen(item ?? null)} ${view.overlay === null}`);
  }
}
