/** One view of a graph on the page: turns what the user does into edits of the view state, and draws it. */

import { INITIAL_STATE, type Viewport, type ViewState } from "../../protocol/view_state.ts";
import { attributeNames } from "../colours/colouring.ts";
import { isTraced, traceFrom } from "../colours/trace.ts";
import { buildOverlay } from "../displaylist/build.ts";
import { type Picture, PictureBuilder } from "../graph_picture.ts";
import type { GraphModel } from "../model/graph_model.ts";
import type { GraphNode } from "../model/graph_node.ts";
import type { Item } from "../scopes/items.ts";
import { commandsOf } from "./commands.ts";
import { downloadPng, downloadSvg } from "./download.ts";
import { openedTo, selected, toggled } from "./edits.ts";
import { factsOf } from "./facts.ts";
import { listenToKeys } from "./keyboard.ts";
import { sayThatAPartIsShown, sayWhatIsMissing, sayWhatIsTiny } from "./notices.ts";
import { Panels } from "./panels.ts";
import { PictureQueue } from "./picture_queue.ts";
import { type Anchor, anchorInView, beginningOf, type PagePlace, pagePlaceOf, targetOf } from "./places.ts";
import { listenToPointer } from "./pointer.ts";
import { pointingAt } from "./pointing.ts";
import { type Overlay, Selection } from "./selection.ts";
import type { Frame, Stage } from "./stage.ts";
import { anchored, areNamesShown, centreOf, fit, type Point, readableAt, type Size, toView } from "./viewport.ts";

export class GraphView {
  readonly element: HTMLElement;
  /** What the view's parts read of it; they change it by `edit`. */
  state: ViewState = INITIAL_STATE;
  picture: Picture | null = null;
  viewport: Viewport = { x: 0, y: 0, scale: 1 };
  overlay: Overlay | null = null;
  readonly #panels: Panels;
  readonly #stage: Stage;
  readonly #selection: Selection;
  readonly #builder = new PictureBuilder();
  readonly #queue = new PictureQueue<Picture>();
  readonly #onEdit: (state: ViewState) => void;
  readonly #commands = commandsOf(this);
  /** Null before the graph came. */
  #nodes: readonly GraphNode[] | null = null;
  #hovered: string | null = null;
  #isTraced: ((item: Item) => boolean) | null = null;
  #notice = "";
  #frames = 0;

  constructor(parent: HTMLElement, onEdit: (state: ViewState) => void, signal: AbortSignal) {
    this.#onEdit = onEdit;
    this.#panels = new Panels(parent, {
      ...this.#commands,
      openTo: (depth) => this.openTo(depth),
      saveSvg: () => this.#save(downloadSvg),
      savePng: () => this.#save(downloadPng),
      tree: () => this.picture?.scene.tree ?? null,
      select: (path) => this.select(path, true),
      frame: () => this.#frame(),
      resized: () => this.state.viewport === null && this.#refresh(),
      painted: () => {
        this.#publish();
        this.#selection.painted(this.#queue.isBusy);
      },
    }, signal);
    this.element = this.#panels.element;
    this.#stage = this.#panels.stage;
    this.#selection = new Selection(this, this.#panels, signal);
    this.#listen(signal);
    signal.addEventListener("abort", () => this.#queue.stop());
  }

  get size(): Size {
    return this.#stage.size;
  }

  /** Shows a graph that has grown or changed; what is open stays open, what is in view stays there. */
  setGraph(graph: GraphModel): void {
    const { nodes } = graph;
    this.#nodes = nodes;
    this.#builder.invalidate();
    this.showNotice(sayWhatIsMissing(graph));
    this.#panels.toolbar.offerColours(attributeNames(nodes.slice(0, 2000)));
    this.#rebuild(this.picture && anchorInView(this.picture.list, this.viewport, this.size));
  }

  setState(state: ViewState): void {
    this.state = state;
    if (this.#nodes) this.#rebuild(null);
  }

  showNotice(text: string): void {
    this.#notice = text;
    this.#panels.showNotice(text);
  }

  /** Lays something over the graph. */
  setOverlay(overlay: Overlay): void {
    this.overlay = overlay;
    this.#refresh();
  }

  /** Paints anew what has changed in the overlay. */
  requestFrame(): void {
    this.#stage.request();
  }

  /** Changes the view state and tells whoever keeps it. */
  edit(change: Partial<ViewState>, anchor: Anchor | null = null, then: () => void = () => undefined): void {
    this.state = { ...this.state, ...change };
    const changed = Object.keys(change);
    const needsPicture = changed.some((key) => !["viewport", "selected", "trace"].includes(key));
    if (needsPicture || !this.picture || this.#queue.isBusy) this.#rebuild(anchor, then);
    else {
      this.#refresh(changed.every((key) => key === "viewport"));
      then();
    }
    this.#onEdit(this.state);
  }

  /** Opens or closes a scope; what was under `point`, or the scope's middle, stays there. */
  toggle(path: string, point: Point | null = null): void {
    const target = this.picture && targetOf(this.picture.list, path);
    const isOpen = this.state.expanded.includes(path);
    const view = isOpen && point ? point : target ? toView(this.viewport, centreOf(target)) : null;
    this.edit({ ...toggled(this.state, path), viewport: this.viewport }, view && { path, view });
  }

  /** Selects an item, opening the scopes around it, and brings it into view. */
  select(path: string, isCentred = false): void {
    const item = this.picture?.scene.tree.get(path);
    if (!item) return;
    this.edit(selected(this.state, item), null, () => this.#selection.reveal(path, isCentred && this.viewport.scale < 0.6 ? 1 : this.viewport.scale));
  }

  /** Opens scopes down to a depth, and shows where to begin if the whole cannot be read. */
  openTo(depth: number): void {
    const root = this.picture?.scene.tree.root;
    if (root) this.edit(openedTo(root, depth), null, () => this.#showBeginning());
  }

  /** Where an item's box is on the page. */
  positionOf(path: string): PagePlace | null {
    const target = this.picture && targetOf(this.picture.list, path);
    const { left, top } = this.#stage.element.getBoundingClientRect();
    return target ? pagePlaceOf(target, this.viewport, { x: left, y: top }) : null;
  }

  #rebuild(anchor: Anchor | null, then: () => void = () => undefined): void {
    this.#queue.make(this.#builder.steps(this.#nodes ?? [], this.state), (picture) => {
      this.picture = picture;
      const target = anchor && targetOf(picture.list, anchor.path);
      if (target && this.state.viewport) {
        this.state = { ...this.state, viewport: anchored(this.viewport, centreOf(target), anchor.view) };
      }
      this.#panels.tree.update(picture.scene.tree.root, (item) => this.isOpen(item));
      this.#panels.showColouring(this.state.colourBy, picture.colouring);
      this.#refresh();
      this.#prepare();
      then();
    });
    this.element.toggleAttribute("data-busy", this.#queue.isBusy);
  }

  /** What the pointer is at may be opened next. */
  #prepare(): void {
    if (!this.picture || this.#queue.isBusy) return;
    this.#queue.prepare(this.#builder.aheadAt(this.picture, this.state, this.#hovered), this.#builder.aheadSteps(this.picture, this.state));
  }

  /** Goes to where something can be read, if the whole picture is too large for that. */
  #showBeginning(): void {
    if (!this.picture || areNamesShown(this.viewport)) return;
    const { sheet } = this.picture;
    const box = sheet.boxes.find(({ item }) => item.path === this.state.selected) ?? beginningOf(sheet);
    if (!box) return;
    this.edit({ viewport: readableAt(box, this.size, sheet.direction) });
    this.#say(sayThatAPartIsShown(sheet));
  }

  /** Says something of the picture, after what there is to say of the graph. */
  #say(text: string): void {
    this.#panels.showNotice(`${this.#notice} ${text}`.trim());
  }

  /** Follows changes of viewport, selection and trace, which need no new picture. */
  #refresh(isMove = false): void {
    if (!this.picture) return;
    this.element.removeAttribute("data-busy");
    const { scene, list, sheet } = this.picture;
    const { trace } = this.state;
    this.viewport = this.state.viewport ?? fit(list, this.#panels.besideLegend);
    const isFitted = this.state.viewport === null && this.size.width > 0;
    this.#say(isFitted ? sayWhatIsTiny(sheet, this.viewport) : "");
    const item = this.state.selected === null ? undefined : scene.tree.get(this.state.selected);
    const marks = item && trace !== "none" ? traceFrom(item, trace, scene) : null;
    this.#isTraced = marks && ((one) => isTraced(one, marks));
    if (!isMove) this.#selection.changed();
    this.#stage.element.setAttribute("aria-activedescendant", this.#panels.tree.idOf(this.state.selected));
    this.#stage.request(isMove);
  }

  #frame(): Frame | null {
    if (!this.picture) return null;
    const overlay = buildOverlay(this.picture.sheet, this.state.selected, this.#hovered, this.#isTraced);
    const { theme } = this.#panels;
    this.#panels.minimap.update(this.picture.list, this.viewport, this.size, theme.colours);
    return { layers: [this.picture.list.items, overlay, this.overlay?.items(this.picture) ?? []], viewport: this.viewport, theme: theme.colours };
  }

  /** What tests and styles may know of this view, after each painted frame. */
  #publish(): void {
    this.#frames++;
    const facts = { frame: this.#frames, nodes: this.#nodes?.length ?? 0, viewport: this.viewport, theme: this.#panels.theme.name };
    this.element.dataset["state"] = JSON.stringify({ ...facts, ...factsOf(this.picture?.sheet.boxes ?? [], this.state) });
  }

  /** A file shows the whole picture with its runs. */
  #save(download: typeof downloadSvg): void {
    if (this.picture) download(this.picture, this.overlay?.items(this.picture) ?? [], this.#panels.theme.colours);
  }

  #listen(signal: AbortSignal): void {
    listenToPointer(this.#stage.element, {
      ...this.#commands,
      ...pointingAt(this, this.#stage.element, {
        select: (path) => {
          this.edit({ selected: path });
          this.#selection.revealLater(path);
        },
        hovered: (path) => {
          this.#hovered = path;
          if (path !== null) this.#prepare();
          this.#stage.request();
        },
      }),
    }, signal);
    listenToKeys(this.#stage.element, {
      ...this.#commands,
      rows: () => this.#panels.tree.rows,
      selected: () => this.state.selected,
      isOpen: (item) => this.isOpen(item),
      select: (path) => (path === null ? this.edit({ selected: null }) : this.select(path)),
      toggle: (path) => this.toggle(path),
      search: () => this.#panels.focusSearch(),
      help: () => this.#panels.toggleHelp(),
    }, signal);
  }

  isOpen(item: Item | null): boolean {
    return item !== null && item.kind !== "op" && this.state.expanded.includes(item.path);
  }
}
