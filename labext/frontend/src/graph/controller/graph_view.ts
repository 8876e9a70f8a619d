/** One view of a graph on the page: turns what the user does into edits of the view state, and draws it. */

import { DIRECTIONS, INITIAL_STATE, type Viewport, type ViewState } from "../../protocol/view_state.ts";
import { attributeNames } from "../colours/colouring.ts";
import { isTraced, traceFrom } from "../colours/trace.ts";
import { buildOverlay } from "../displaylist/build.ts";
import { type DisplayItem, type DisplayList, laidOver } from "../displaylist/items.ts";
import { withLegend } from "../displaylist/legend.ts";
import { type Picture, PictureBuilder } from "../graph_picture.ts";
import type { GraphModel } from "../model/graph_model.ts";
import type { GraphNode } from "../model/graph_node.ts";
import type { Item } from "../scopes/items.ts";
import { pause } from "../steps.ts";
import { fillCard } from "./card.ts";
import { downloadPng, downloadSvg } from "./download.ts";
import { openedTo, selected, setAside, setGrouped, toggled } from "./edits.ts";
import { factsOf } from "./facts.ts";
import { handleKey } from "./keyboard.ts";
import { sayWhatIsMissing, sayWhatIsTiny } from "./notices.ts";
import { Panels } from "./panels.ts";
import { PictureQueue } from "./picture_queue.ts";
import { type Anchor, anchorInView, type PagePlace, pagePlaceOf, targetOf } from "./places.ts";
import { listenToPointer } from "./pointer.ts";
import { pointingAt } from "./pointing.ts";
import type { Frame, Stage } from "./stage.ts";
import type { ToolbarActions } from "./toolbar.ts";
import { anchored, centreOf, fit, isCovered, pan, type Point, reveal, toView, zoomAt } from "./viewport.ts";

/** What lies over the graph without a part in its layout. */
export interface Overlay {
  items(picture: Picture): readonly DisplayItem[];
  /** The overlay's own section of an item's card. */
  card(item: Item): HTMLElement | null;
}

/** Stands for the graph before it came: there is nothing to draw. */
const NONE_YET: readonly GraphNode[] = [];
/** What is clicked stays under the pointer until it can be no double click any more. */
const DOUBLE_CLICK_MS = 500;

export class GraphView {
  readonly element: HTMLElement;
  readonly #panels: Panels;
  readonly #stage: Stage;
  readonly #builder = new PictureBuilder();
  readonly #queue = new PictureQueue<Picture>();
  readonly #onEdit: (state: ViewState) => void;
  #nodes: readonly GraphNode[] = NONE_YET;
  #state: ViewState = INITIAL_STATE;
  #picture: Picture | null = null;
  #viewport: Viewport = { x: 0, y: 0, scale: 1 };
  #hovered: string | null = null;
  #overlay: Overlay | null = null;
  #isTraced: ((item: Item) => boolean) | null = null;
  #notice = "";
  #revealing = 0;
  #isCardDue = false;
  #frames = 0;

  constructor(parent: HTMLElement, onEdit: (state: ViewState) => void, signal: AbortSignal) {
    this.#onEdit = onEdit;
    this.#panels = new Panels(parent, {
      ...this.#toolbarActions(),
      tree: () => this.#picture?.scene.tree ?? null,
      select: (path) => this.select(path, true),
      frame: () => this.#frame(),
      resized: () => this.#state.viewport === null && this.#refresh(),
      painted: () => {
        this.#publish();
        // The card comes after the picture, and after a second click that may open what the first has selected.
        if (this.#isCardDue && !this.#queue.isBusy) void pause().then(() => this.#showCard());
      },
      goTo: (place) => this.edit({ viewport: anchored(this.#viewport, place, this.#middle) }),
    }, signal);
    this.element = this.#panels.element;
    this.#stage = this.#panels.stage;
    this.#listen(signal);
    signal.addEventListener("abort", () => {
      this.#queue.stop();
      clearTimeout(this.#revealing);
    });
  }

  /** Shows a graph that has grown or changed; what is open stays open, what is in view stays there. */
  setGraph(graph: GraphModel): void {
    const { nodes } = graph;
    this.#nodes = nodes;
    this.#builder.invalidate();
    this.showNotice(sayWhatIsMissing(graph));
    this.#panels.toolbar.offerColours(attributeNames(nodes.slice(0, 2000)));
    this.#rebuild(this.#picture && anchorInView(this.#picture.list, this.#viewport, this.#stage.size));
  }

  setState(state: ViewState): void {
    this.#state = state;
    if (this.#nodes !== NONE_YET) this.#rebuild(null);
  }

  showNotice(text: string): void {
    this.#notice = text;
    this.#panels.showNotice(text);
  }

  /** Lays something over the graph. */
  setOverlay(overlay: Overlay): void {
    this.#overlay = overlay;
    this.#refresh();
  }

  /** Paints anew what has changed in the overlay. */
  requestFrame(): void {
    this.#stage.request();
  }

  /** Changes the view state and tells whoever keeps it. */
  edit(change: Partial<ViewState>, anchor: Anchor | null = null, then: () => void = () => undefined): void {
    this.#state = { ...this.#state, ...change };
    const changed = Object.keys(change);
    const needsPicture = changed.some((key) => !["viewport", "selected", "trace"].includes(key));
    if (needsPicture || !this.#picture || this.#queue.isBusy) this.#rebuild(anchor, then);
    else {
      this.#refresh(changed.every((key) => key === "viewport"));
      then();
    }
    this.#onEdit(this.#state);
  }

  /** Opens or closes a scope; what was under `point`, or the scope's middle, stays there. */
  toggle(path: string, point: Point | null = null): void {
    const target = this.#picture && targetOf(this.#picture.list, path);
    const isOpen = this.#state.expanded.includes(path);
    const view = isOpen && point ? point : target ? toView(this.#viewport, centreOf(target)) : null;
    this.edit({ ...toggled(this.#state, path), viewport: this.#viewport }, view && { path, view });
  }

  /** Selects an item, opening the scopes around it, and brings it into view. */
  select(path: string, isCentred = false): void {
    const item = this.#picture?.scene.tree.get(path);
    if (!item) return;
    this.edit(selected(this.#state, item), null, () => this.#reveal(path, isCentred && this.#viewport.scale < 0.6 ? 1 : this.#viewport.scale));
  }

  /** Brings an item's box to where the card does not cover it. */
  #reveal(path: string, scale: number): void {
    const target = this.#picture && targetOf(this.#picture.list, path);
    if (!target || this.#stage.size.width === 0) return;
    this.#showCard();
    const viewport = reveal({ ...this.#viewport, scale }, this.#panels.besideCard, target);
    if (viewport.x !== this.#viewport.x || viewport.y !== this.#viewport.y) this.edit({ viewport });
  }

  #selectAtPointer(path: string | null): void {
    this.edit({ selected: path });
    clearTimeout(this.#revealing);
    this.#revealing = window.setTimeout(() => {
      const target = this.#picture && path !== null && path === this.#state.selected && targetOf(this.#picture.list, path);
      if (target && isCovered(target, this.#viewport, this.#panels.besideCard)) this.#reveal(target.path, this.#viewport.scale);
    }, DOUBLE_CLICK_MS);
  }

  /** Opens scopes down to a depth; all of them as long as the picture stays readable. */
  openTo(depth: number): void {
    const root = this.#picture?.scene.tree.root;
    if (root) this.edit(openedTo(root, depth));
  }

  /** Where an item's box is on the page. */
  positionOf(path: string): PagePlace | null {
    const target = this.#picture && targetOf(this.#picture.list, path);
    const { left, top } = this.#stage.element.getBoundingClientRect();
    return target ? pagePlaceOf(target, this.#viewport, { x: left, y: top }) : null;
  }

  #rebuild(anchor: Anchor | null, then: () => void = () => undefined): void {
    this.#queue.make(this.#builder.steps(this.#nodes, this.#state), (picture) => {
      this.#picture = picture;
      const target = anchor && targetOf(picture.list, anchor.path);
      if (target && this.#state.viewport) {
        this.#state = { ...this.#state, viewport: anchored(this.#viewport, centreOf(target), anchor.view) };
      }
      this.#panels.tree.update(picture.scene.tree.root, (item) => this.#isOpen(item));
      this.#panels.showColouring(this.#state.colourBy, picture.colouring);
      this.#refresh();
      this.#prepare();
      then();
    });
    this.element.toggleAttribute("data-busy", this.#queue.isBusy);
  }

  /** What the pointer is at may be opened next. */
  #prepare(): void {
    if (this.#picture && !this.#queue.isBusy) this.#queue.prepare(this.#builder.aheadSteps(this.#picture, this.#state, this.#hovered));
  }

  /** Follows changes of viewport, selection and trace, which need no new picture. */
  #refresh(isMove = false): void {
    if (!this.#picture) return;
    this.element.removeAttribute("data-busy");
    const { scene, list, sheet } = this.#picture;
    const { trace } = this.#state;
    this.#viewport = this.#state.viewport ?? fit(list, this.#panels.besideLegend);
    const isFitted = this.#state.viewport === null && this.#stage.size.width > 0;
    this.#panels.showNotice(`${this.#notice} ${isFitted ? sayWhatIsTiny(sheet, this.#viewport) : ""}`.trim());
    const item = this.#state.selected === null ? undefined : scene.tree.get(this.#state.selected);
    const marks = item && trace !== "none" ? traceFrom(item, trace, scene) : null;
    this.#isTraced = marks && ((one) => isTraced(one, marks));
    this.#isCardDue ||= !isMove;
    this.#stage.element.setAttribute("aria-activedescendant", this.#panels.tree.idOf(this.#state.selected));
    this.#stage.request(isMove);
  }

  #showCard(): void {
    if (!this.#isCardDue || !this.#picture) return;
    this.#isCardDue = false;
    const { scene, sheet } = this.#picture;
    const { selected: path, trace } = this.#state;
    const item = path === null ? undefined : scene.tree.get(path);
    const isAside = sheet.boxes.find((box) => box.item === item)?.isAuxiliary ?? false;
    this.#panels.showCard(item, (card, one, signal) => {
      fillCard(card, one, scene, { isOpen: this.#isOpen(one), isAside, trace }, {
        select: (other) => this.select(other, true),
        toggle: (other) => this.toggle(other),
        setAside: (other, aside) => this.edit(setAside(this.#state, other, aside)),
        setGrouped: (other, isGrouped) => this.edit(setGrouped(this.#state, other, isGrouped)),
        trace: (side) => this.edit({ trace: side }),
        close: () => this.edit({ selected: null }),
      }, signal);
      card.append(this.#overlay?.card(one) ?? "");
    },
    `${trace} ${isAside} ${this.#isOpen(item ?? null)} ${this.#overlay === null}`);
  }

  #frame(): Frame | null {
    if (!this.#picture) return null;
    const overlay = buildOverlay(this.#picture.sheet, this.#state.selected, this.#hovered, this.#isTraced);
    const { theme } = this.#panels;
    this.#panels.minimap.update(this.#picture.list, this.#viewport, this.#stage.size, theme.colours);
    return { layers: [this.#picture.list.items, overlay, this.#overlay?.items(this.#picture) ?? []], viewport: this.#viewport, theme: theme.colours };
  }

  /** What tests and styles may know of this view, after each painted frame. */
  #publish(): void {
    this.#frames++;
    const facts = { frame: this.#frames, nodes: this.#nodes.length, viewport: this.#viewport, theme: this.#panels.theme.name };
    this.element.dataset["state"] = JSON.stringify({ ...facts, ...factsOf(this.#picture?.sheet.boxes ?? [], this.#state) });
  }

  #toolbarActions(): ToolbarActions {
    return {
      openTo: (depth) => this.openTo(depth),
      closeAll: () => this.edit({ expanded: [], viewport: null }),
      fit: () => this.edit({ viewport: null }),
      zoom: (factor) => this.#zoom(factor),
      turn: () => this.edit({ direction: DIRECTIONS[(DIRECTIONS.indexOf(this.#state.direction) + 1) % DIRECTIONS.length] ?? "up", viewport: null }),
      colourBy: (colourBy) => this.edit({ colourBy }),
      saveSvg: () => this.#picture && downloadSvg(this.#whole(this.#picture), this.#panels.theme.colours),
      savePng: () => this.#picture && downloadPng(this.#whole(this.#picture), this.#panels.theme.colours),
    };
  }

  /** What a file shows: the picture with its runs, and what its colours mean. */
  #whole(picture: Picture): DisplayList {
    return withLegend(laidOver(picture.list, this.#overlay?.items(picture) ?? []), picture.colouring);
  }

  #listen(signal: AbortSignal): void {
    const panBy = (dx: number, dy: number): void => this.edit({ viewport: pan(this.#viewport, dx, dy) });
    listenToPointer(this.#stage.element, {
      pan: panBy,
      zoom: (point, factor) => this.edit({ viewport: zoomAt(this.#viewport, point, factor) }),
      ...pointingAt({
        list: () => this.#picture?.list ?? null,
        viewport: () => this.#viewport,
        toggle: (path, point) => this.toggle(path, point),
        select: (path) => this.#selectAtPointer(path),
        hovered: (path) => {
          this.#hovered = path;
          if (path !== null) this.#prepare();
          this.#stage.request();
        },
      }, this.#stage.element),
    }, signal);
    this.#stage.element.addEventListener("keydown", (event) => {
      const isHandled = handleKey(event, {
        rows: () => this.#panels.tree.rows,
        selected: () => this.#state.selected,
        isOpen: (item) => this.#isOpen(item),
        select: (path) => (path === null ? this.edit({ selected: null }) : this.select(path)),
        toggle: (path) => this.toggle(path),
        trace: (side) => this.edit({ trace: this.#state.trace === side ? "none" : side }),
        setAside: (path) => this.edit(setAside(this.#state, path, !this.#state.excluded.includes(path))),
        pan: panBy,
        zoom: (factor) => this.#zoom(factor),
        fit: () => this.edit({ viewport: null }),
        search: () => this.#panels.focusSearch(),
        help: () => this.#panels.toggleHelp(),
      });
      // The notebook has commands on the same keys.
      if (isHandled) event.preventDefault();
      if (isHandled) event.stopPropagation();
    }, { signal });
  }

  get #middle(): Point {
    return { x: this.#stage.size.width / 2, y: this.#stage.size.height / 2 };
  }

  #zoom(factor: number): void {
    this.edit({ viewport: zoomAt(this.#viewport, this.#middle, factor) });
  }

  #isOpen(item: Item | null): boolean {
    return item !== null && item.kind !== "op" && this.#state.expanded.includes(item.path);
  }
}
