/** One view of a graph on the page: turns what the user does into edits of the view state, and draws it. */

import { DIRECTIONS, INITIAL_STATE, type Viewport, type ViewState } from "../../protocol/view_state.ts";
import { buildOverlay } from "../displaylist/build.ts";
import type { DisplayList, Target } from "../displaylist/items.ts";
import { type Picture, PictureBuilder } from "../graph_picture.ts";
import type { GraphNode } from "../model/graph_model.ts";
import { paintSvg } from "../painters/svg.ts";
import { THEMES } from "../painters/theme.ts";
import { ancestorsOf, type Item } from "../scopes/tree.ts";
import { makeAriaTree } from "./aria_tree.ts";
import { fillCard } from "./card.ts";
import { downloadPng, downloadSvg } from "./download.ts";
import { make } from "./elements.ts";
import { handleKey, KEY_HELP } from "./keyboard.ts";
import { buildLegend } from "./legend.ts";
import { followTheme, type NotebookTheme, themeAt } from "./notebook_theme.ts";
import { listenToPointer } from "./pointer.ts";
import { makeSearchBox } from "./search_box.ts";
import { Stage } from "./stage.ts";
import { makeToolbar } from "./toolbar.ts";
import { anchored, centreOf, contains, fit, pan, type Point, reveal, toSheet, toView, zoomAt } from "./viewport.ts";

/** Opening all scopes stops at so many items on show. */
const MAX_OPEN_ITEMS = 3000;

export class GraphView {
  readonly element = make("div", { class: "labext-graph" });
  readonly #stage: Stage;
  readonly #tree = makeAriaTree();
  readonly #card = make("aside", { class: "labext-card", "aria-label": "Selected node" });
  readonly #legend = make("aside", { class: "labext-legend", "aria-label": "Legend" });
  readonly #notice = make("p", { class: "labext-notice", role: "status" });
  readonly #builder = new PictureBuilder();
  readonly #onEdit: (state: ViewState) => void;
  #nodes: readonly GraphNode[] = [];
  #state: ViewState = INITIAL_STATE;
  #picture: Picture | null = null;
  #viewport: Viewport = { x: 0, y: 0, scale: 1 };
  #hovered: string | null = null;
  #theme: NotebookTheme;
  #frames = 0;

  constructor(parent: HTMLElement, onEdit: (state: ViewState) => void, signal: AbortSignal) {
    this.#onEdit = onEdit;
    const search = makeSearchBox(() => this.#picture?.scene.tree ?? null, (path) => this.select(path, true));
    this.#stage = new Stage(() => this.#frame(), () => this.#keepFitting(), () => this.#publish(), signal);
    this.#stage.element.append(this.#tree.element);
    this.#stage.element.title = "";
    this.#stage.element.setAttribute("aria-description", KEY_HELP);
    this.#legend.hidden = this.#card.hidden = this.#notice.hidden = true;
    const toolbar = makeToolbar(search.element, {
      openAll: () => this.openAll(),
      closeAll: () => this.edit({ expanded: [], viewport: null }),
      fit: () => this.edit({ viewport: null }),
      zoom: (factor) => this.#zoom(factor),
      turn: () => this.edit({ direction: DIRECTIONS[(DIRECTIONS.indexOf(this.#state.direction) + 1) % DIRECTIONS.length] ?? "up", viewport: null }),
      toggleLegend: () => (this.#legend.hidden = !this.#legend.hidden),
      saveSvg: () => this.#picture && downloadSvg(this.#picture.list, this.#theme.colours),
      savePng: () => this.#picture && downloadPng(this.#picture.list, this.#theme.colours),
    });
    this.element.append(toolbar, make("div", { class: "labext-body" }, this.#stage.element, this.#legend, this.#card, this.#notice));
    parent.append(this.element);
    this.#theme = themeAt(this.element);
    followTheme(() => this.#applyTheme(), signal);
    this.#applyTheme();
    listenToPointer(this.#stage.element, {
      pan: (dx, dy) => this.edit({ viewport: pan(this.#viewport, dx, dy) }),
      zoom: (point, factor) => this.edit({ viewport: zoomAt(this.#viewport, point, factor) }),
      hover: (point) => this.#hover(point),
      click: (point) => this.#click(point),
      doubleClick: (point) => this.#doubleClick(point),
    }, signal);
    this.#stage.element.addEventListener("keydown", (event) => {
      const isHandled = handleKey(event, {
        rows: () => this.#tree.rows,
        selected: () => this.#state.selected,
        isOpen: (item) => this.#isOpen(item),
        select: (path) => (path === null ? this.edit({ selected: null }) : this.select(path)),
        toggle: (path) => this.toggle(path),
        pan: (dx, dy) => this.edit({ viewport: pan(this.#viewport, dx, dy) }),
        zoom: (factor) => this.#zoom(factor),
        fit: () => this.edit({ viewport: null }),
        search: () => search.focus(),
      });
      // The notebook has commands on the same keys.
      if (isHandled) event.preventDefault();
      if (isHandled) event.stopPropagation();
    }, { signal });
  }

  /** Shows a graph that has grown or changed; what is open stays open, what is in view stays there. */
  setNodes(nodes: readonly GraphNode[], missingInputs: number): void {
    this.#nodes = nodes;
    this.#builder.invalidate();
    this.showNotice(missingInputs > 0 ? `${missingInputs} inputs name nodes that are not in this graph; they are not drawn.` : "");
    this.#rebuild(this.#anchorInView());
  }

  setState(state: ViewState): void {
    this.#state = state;
    this.#rebuild(null);
  }

  showNotice(text: string): void {
    this.#notice.textContent = text;
    this.#notice.hidden = text === "";
  }

  /** Changes the view state and tells whoever keeps it. */
  edit(change: Partial<ViewState>, anchor: { path: string; view: Point } | null = null): void {
    this.#state = { ...this.#state, ...change };
    const isOnlyView = Object.keys(change).every((key) => key === "viewport" || key === "selected");
    if (isOnlyView && this.#picture) this.#refresh();
    else this.#rebuild(anchor);
    this.#onEdit(this.#state);
  }

  /** Opens or closes a scope; what was under `point`, or the scope's middle, stays there. */
  toggle(path: string, point: Point | null = null): void {
    const target = this.#targetOf(path);
    const isOpen = this.#state.expanded.includes(path);
    const expanded = isOpen ? this.#state.expanded.filter((other) => other !== path) : [...this.#state.expanded, path];
    const view = target ? toView(this.#viewport, centreOf(target)) : null;
    const anchor = isOpen && point ? point : view;
    this.edit({ expanded, viewport: this.#viewport }, anchor && { path, view: anchor });
  }

  /** Selects an item, opening the scopes around it, and brings it into view. */
  select(path: string, isCentred = false): void {
    const item = this.#picture?.scene.tree.byPath.get(path);
    if (!item) return;
    const expanded = new Set([...this.#state.expanded, ...ancestorsOf(item).map((ancestor) => ancestor.path)]);
    if (expanded.size !== this.#state.expanded.length) this.edit({ expanded: [...expanded], selected: path });
    else this.edit({ selected: path });
    const target = this.#targetOf(path);
    if (!target || this.#stage.size.width === 0) return;
    const readable = isCentred && this.#viewport.scale < 0.6 ? { ...this.#viewport, scale: 1 } : this.#viewport;
    const viewport = reveal(readable, this.#stage.size, target);
    if (viewport.x !== this.#viewport.x || viewport.y !== this.#viewport.y) this.edit({ viewport });
  }

  /** Opens scopes level by level as long as the picture stays readable. */
  openAll(): void {
    const expanded: string[] = [];
    let level = this.#picture?.scene.tree.root.children ?? [];
    let shown = level.length;
    while (level.length > 0) {
      const next: Item[] = [];
      for (const item of level) {
        if (item.children.length === 0 || shown + item.children.length > MAX_OPEN_ITEMS) continue;
        expanded.push(item.path);
        shown += item.children.length;
        next.push(...item.children);
      }
      level = next;
    }
    this.edit({ expanded, viewport: null });
  }

  /** The display list as it was last painted. */
  get displayList(): DisplayList | null {
    return this.#picture?.list ?? null;
  }

  /** Where an item's box is on the page: its centre, its lower left corner, and the centre of its button. */
  positionOf(path: string): { readonly centre: Point; readonly corner: Point; readonly button: Point | null } | null {
    const target = this.#targetOf(path);
    if (!target) return null;
    const { left, top } = this.#stage.element.getBoundingClientRect();
    const onPage = (point: Point): Point => {
      const { x, y } = toView(this.#viewport, point);
      return { x: x + left, y: y + top };
    };
    const corner = onPage({ x: target.x, y: target.y + target.height });
    return { centre: onPage(centreOf(target)), corner, button: target.button && onPage(centreOf(target.button)) };
  }

  #rebuild(anchor: { path: string; view: Point } | null): void {
    this.#picture = this.#builder.build(this.#nodes, this.#state);
    if (anchor && this.#state.viewport) {
      const target = this.#targetOf(anchor.path);
      if (target) {
        const viewport = anchored(this.#viewport, centreOf(target), anchor.view);
        this.#state = { ...this.#state, viewport };
      }
    }
    this.#tree.update(this.#picture.scene.tree.root, (item) => this.#isOpen(item));
    this.#refresh();
  }

  /** Follows changes of viewport and selection, which need no new picture. */
  #refresh(): void {
    this.#viewport = this.#state.viewport ?? fit(this.#picture?.list ?? { width: 0, height: 0 }, this.#stage.size);
    const { selected } = this.#state;
    const item = selected === null ? undefined : this.#picture?.scene.tree.byPath.get(selected);
    this.#card.hidden = !item;
    if (item && this.#picture) {
      fillCard(this.#card, item, this.#picture.scene, { isOpen: this.#isOpen(item), isAside: this.#isAside(item) }, {
        select: (path) => this.select(path, true),
        toggle: (path) => this.toggle(path),
        setAside: (path, isAside) => this.#setAside(path, isAside),
        setGrouped: (path, isGrouped) => this.#setGrouped(path, isGrouped),
        close: () => this.edit({ selected: null }),
      });
    }
    this.#stage.element.setAttribute("aria-activedescendant", this.#tree.idOf(selected));
    this.#stage.request();
  }

  #frame() {
    if (!this.#picture) return null;
    const overlay = buildOverlay(this.#picture.sheet, this.#state.selected, this.#hovered);
    return { layers: [this.#picture.list.items, overlay], viewport: this.#viewport, theme: this.#theme.colours };
  }

  /** What tests and styles may know of this view, after each painted frame. */
  #publish(): void {
    this.#frames++;
    const { expanded, selected } = this.#state;
    const visible = this.#picture?.list.targets.map((target) => target.path) ?? [];
    const main = this.#picture?.sheet.boxes.filter((box) => !box.isAuxiliary).map((box) => box.item.path) ?? [];
    this.element.dataset["state"] = JSON.stringify({ frame: this.#frames, nodes: this.#nodes.length, visible: visible.length, shown: visible.slice(0, 200), main: main.slice(0, 200), expanded, selected, viewport: this.#viewport, theme: this.#theme.name });
  }

  #applyTheme(): void {
    this.#theme = themeAt(this.element);
    this.element.classList.toggle("labext-dark", this.#theme.name === "dark");
    const legend = buildLegend();
    const svg = paintSvg(legend, { theme: { ...THEMES[this.#theme.name], canvas: "transparent" }, title: "Legend", maxWidth: legend.width, id: "" });
    const picture = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    this.#legend.replaceChildren(picture);
    this.#stage.request();
  }

  #keepFitting(): void {
    if (this.#state.viewport === null) this.#refresh();
  }

  #zoom(factor: number): void {
    const { width, height } = this.#stage.size;
    this.edit({ viewport: zoomAt(this.#viewport, { x: width / 2, y: height / 2 }, factor) });
  }

  #hover(point: Point | null): void {
    const target = point && this.#targetAt(point);
    const path = target?.path ?? null;
    const isOnButton = point !== null && target?.button && contains(target.button, toSheet(this.#viewport, point));
    this.#stage.element.style.cursor = isOnButton ? "pointer" : "default";
    if (path === this.#hovered) return;
    this.#hovered = path;
    this.#stage.element.title = path ?? "";
    this.#stage.request();
  }

  #click(point: Point): void {
    const target = this.#targetAt(point);
    if (target?.button && contains(target.button, toSheet(this.#viewport, point))) this.toggle(target.path, point);
    else this.edit({ selected: target?.path ?? null });
  }

  #doubleClick(point: Point): void {
    const target = this.#targetAt(point);
    const isOnButton = target?.button && contains(target.button, toSheet(this.#viewport, point));
    if (target?.button && !isOnButton) this.toggle(target.path, point);
  }

  #targetAt(point: Point): Target | undefined {
    const place = toSheet(this.#viewport, point);
    return this.#picture?.list.targets.findLast((target) => contains(target, place));
  }

  #targetOf(path: string): Target | undefined {
    return this.#picture?.list.targets.find((target) => target.path === path);
  }

  #isOpen(item: Item): boolean {
    return item.kind !== "op" && this.#state.expanded.includes(item.path);
  }

  #isAside(item: Item): boolean {
    return this.#picture?.sheet.boxes.find((box) => box.item === item)?.isAuxiliary ?? false;
  }

  #setAside(path: string, isAside: boolean): void {
    const without = (paths: readonly string[]): string[] => paths.filter((other) => other !== path);
    const { included, excluded } = this.#state;
    this.edit({
      included: isAside ? without(included) : [...without(included), path],
      excluded: isAside ? [...without(excluded), path] : without(excluded),
    });
  }

  #setGrouped(path: string, isGrouped: boolean): void {
    const others = this.#state.ungrouped.filter((other) => other !== path);
    this.edit({ ungrouped: isGrouped ? others : [...others, path], selected: null });
  }

  /** The item nearest to the middle of the view: it stays where it is while the graph grows around it. */
  #anchorInView(): { path: string; view: Point } | null {
    const { width, height } = this.#stage.size;
    const middle = toSheet(this.#viewport, { x: width / 2, y: height / 2 });
    let nearest: Target | null = null;
    let least = Infinity;
    for (const target of this.#picture?.list.targets ?? []) {
      const { x, y } = centreOf(target);
      const distance = Math.hypot(x - middle.x, y - middle.y);
      if (distance < least) [nearest, least] = [target, distance];
    }
    return nearest && { path: nearest.path, view: toView(this.#viewport, centreOf(nearest)) };
  }
}
