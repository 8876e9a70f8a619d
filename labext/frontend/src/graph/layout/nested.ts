/** Lays out every open scope, the innermost first, each as one box in the scope around it. */

import type { Direction } from "../../protocol/view_state.ts";
import { isConstantOp } from "../model/op_kinds.ts";
import type { Item } from "../scopes/items.ts";
import type { Level } from "../visible/level.ts";
import type { LevelEdge } from "../visible/level_edge.ts";
import { Memory, type Steps } from "../steps.ts";
import type { OpenScope } from "../visible/scene.ts";
import type { LayoutEdge, LayoutNode, LayoutResult, Place } from "./contract.ts";
import { BUTTON_SIZE, CAPTION_SIZE, type Glyph, glyphOf, TITLE_SIZE } from "./glyphs.ts";
import { layeredSteps } from "./layered.ts";
import { drawnEdges, hiddenPorts, portName, type PortPlaces, portOffset } from "./ports.ts";
import { shelve } from "./shelf.ts";
import { shorten, textWidth } from "./text_width.ts";

/** A child at its centre, in the coordinates of its scope: x across, y from inputs to outputs. */
export interface ScopeChild extends Place {
  readonly item: Item;
  readonly width: number;
  readonly height: number;
  readonly glyph: Glyph;
  readonly open: ScopeLayout | null;
  readonly isAuxiliary: boolean;
}

export interface ScopeEdge {
  readonly edge: LevelEdge;
  readonly route: readonly Place[];
  readonly label: Place | null;
}

export interface ScopeLayout {
  readonly scope: OpenScope;
  readonly width: number;
  readonly height: number;
  readonly children: readonly ScopeChild[];
  readonly edges: readonly ScopeEdge[];
  readonly ports: PortPlaces;
  readonly title: string;
  /** Left end of the auxiliary area, or null. */
  readonly auxiliaryStart: number | null;
}

export type OpenScopes = ReadonlyMap<Item, OpenScope>;

const PADDING = 16;
const LABEL_HEIGHT = 12;
const MAX_LABELLED_EDGES = 120;
const MAX_DUPLICATES = 3;
const AREA_GAP = 48;
/** Above the auxiliary area, for its caption. */
const CAPTION_ROOM = 20;
const CAPTION_WIDTH = 90;

const NONE: ReadonlySet<string> = new Set();

type Layered = (nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]) => Steps<LayoutResult>;

/** Scopes of equal structure are laid out once; so many kinds of them are remembered. */
const MAX_KINDS = 300;

/** Remembers the last layout of each scope; it is used again while all that it depends on is equal. */
export class NestedLayout {
  readonly #kinds = new Memory<string, LayoutResult>();
  readonly #memory = new WeakMap<Level, { readonly signature: string; readonly layout: ScopeLayout }>();

  *steps(root: Item, open: OpenScopes, direction: Direction): Steps<ScopeLayout> {
    return yield* this.#scope(root, open, direction, NONE);
  }

  /** Lays out a child that `layout` shows closed, to be remembered for when it opens. */
  *ahead(child: Item, { scope, edges }: ScopeLayout, open: OpenScopes, direction: Direction): Steps<void> {
    const hidden = hiddenPorts(scope.level, edges.map(({ edge }) => edge), (one) => one === child);
    yield* this.#scope(child, open, direction, hidden.get(child) ?? NONE);
  }

  *#scope(item: Item, open: OpenScopes, direction: Direction, hidden: ReadonlySet<string>): Steps<ScopeLayout> {
    const scope = open.get(item);
    if (!scope) throw new Error(`The scope "${item.path}" is not open.`);
    const drawn = drawnEdges(scope, hidden);
    const hiddenInside = hiddenPorts(scope.level, drawn, (child) => open.has(child));
    const inner: (ScopeLayout | null)[] = [];
    for (const child of item.children) {
      const ports = hiddenInside.get(child);
      inner.push(ports ? yield* this.#scope(child, open, direction, ports) : null);
    }
    const sizes = inner.map((layout) => (layout ? `${layout.width}x${layout.height}:${[...layout.ports.values()].join()}` : ""));
    const signature = [direction, [...scope.auxiliary].join(), [...hidden].join(), sizes.join(";")].join("|");
    const known = this.#memory.get(scope.level);
    if (known?.signature === signature) {
      if (known.layout.children.every((child, index) => child.open === inner[index])) return known.layout;
      const layout = { ...known.layout, children: known.layout.children.map((child, index) => ({ ...child, open: inner[index] ?? null })) };
      this.#memory.set(scope.level, { signature, layout });
      return layout;
    }
    const layout = yield* layoutScope(scope, drawn, inner, direction, (nodes, edges) => this.#layered(nodes, edges));
    this.#memory.set(scope.level, { signature, layout });
    return layout;
  }

  *#layered(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Steps<LayoutResult> {
    if (this.#kinds.size >= MAX_KINDS) this.#kinds.clear();
    return yield* this.#kinds.get(JSON.stringify([nodes, edges]), () => layeredSteps(nodes, edges));
  }
}

function* layoutScope(scope: OpenScope, drawn: readonly LevelEdge[], inner: readonly (ScopeLayout | null)[], direction: Direction, layered: Layered): Steps<ScopeLayout> {
  const { level } = scope;
  const isRoot = level.scope.parent === null;
  const isTurned = direction === "right";
  const glyphs = level.children.map((child) => glyphOf(child, isTurned));
  const sizes = glyphs.map((glyph, index) => {
    const open = inner[index];
    if (open) return { width: open.width, height: open.height };
    return isTurned ? { width: glyph.height, height: glyph.width } : { width: glyph.width, height: glyph.height };
  });
  const linked = new Set(drawn.flatMap(({ from, to }) => [from, to]));
  const childIndices = level.children.map((_, index) => index);
  const main = [...childIndices.filter((index) => linked.has(index)), ...level.ports.map((_, at) => level.children.length + at).filter((end) => linked.has(end))];
  const alone = childIndices.filter((index) => !linked.has(index) && !scope.auxiliary.has(index));
  const aside = childIndices.filter((index) => !linked.has(index) && scope.auxiliary.has(index));
  const position = new Map(main.map((end, at) => [end, at]));
  const nodes = main.map((end): LayoutNode => {
    const size = sizes[end];
    const glyph = glyphs[end];
    return size && glyph ? { ...size, reach: reachOf(glyph, size.width, isTurned) } : portNode(scope, end);
  });
  const title = shorten(level.scope.label, 40);
  if (!isRoot) nodes.push(titleNode(title, direction));
  const { edges, owners } = layoutEdges(scope, drawn, inner, position, isTurned);
  const core = yield* layered(nodes, edges);

  const areas = [alone, aside].map((indices) => shelve(indices.map((index) => sizes[index] ?? { width: 0, height: 0 }), Math.max(core.height, 160)));
  const [aloneArea, asideShelf] = areas;
  const asideArea = asideShelf && { ...asideShelf, width: aside.length > 0 ? Math.max(asideShelf.width, CAPTION_WIDTH) : 0 };
  const aloneStart = PADDING + core.width + (core.width > 0 && alone.length > 0 ? AREA_GAP / 2 : 0);
  const asideStart = aloneStart + (aloneArea?.width ?? 0) + (aside.length > 0 && main.length + alone.length > 0 ? AREA_GAP : 0);
  const width = Math.ceil(asideStart + (asideArea?.width ?? 0) + PADDING);
  const height = Math.ceil(Math.max(core.height, aloneArea?.height ?? 0, asideArea ? asideArea.height + CAPTION_ROOM : 0) + 2 * PADDING);
  const isUp = direction !== "down";
  /** All areas start at the outputs' side when that is the top of the picture. */
  const coreShift = isUp && !isTurned ? height - PADDING - core.height : PADDING;

  const children = level.children.map((item, index): ScopeChild => {
    const size = sizes[index] ?? { width: 0, height: 0 };
    const glyph = glyphs[index] ?? glyphOf(item, isTurned);
    const base = { item, ...size, glyph, open: inner[index] ?? null, isAuxiliary: scope.auxiliary.has(index) };
    const at = position.get(index);
    if (at !== undefined) {
      const place = core.nodes[at] ?? { x: 0, y: 0 };
      return { ...base, x: place.x + PADDING, y: place.y + coreShift };
    }
    const isAside = base.isAuxiliary;
    const place = (isAside ? asideArea : aloneArea)?.places[(isAside ? aside : alone).indexOf(index)] ?? { x: 0, y: 0 };
    const fromTop = PADDING + place.y + (isAside ? CAPTION_ROOM : 0);
    return { ...base, x: (isAside ? asideStart : aloneStart) + place.x, y: isUp && !isTurned ? height - fromTop : fromTop };
  });
  const move = ({ x, y }: Place): Place => ({ x: x + PADDING, y: y + coreShift });
  const scopeEdges = owners.map((edge, index): ScopeEdge => {
    const route = (core.routes[index] ?? []).map(move);
    if (portName(level, edge.from) && route[0]) route[0] = { x: route[0].x, y: 0 };
    const last = route.at(-1);
    if (portName(level, edge.to) && last) route[route.length - 1] = { x: last.x, y: height };
    const label = core.labels[index];
    return { edge, route, label: label ? move(label) : null };
  });
  const ports = new Map<string, number>();
  for (const [end, at] of position) {
    const name = portName(level, end);
    if (name) ports.set(name, (core.nodes[at]?.x ?? 0) + PADDING - width / 2);
  }
  return { scope, width, height, children, edges: scopeEdges, ports, title, auxiliaryStart: aside.length > 0 ? asideStart : null };
}

function portNode(scope: OpenScope, end: number): LayoutNode {
  const port = scope.level.ports[end - scope.level.children.length];
  return { width: 8, height: 0, reach: 0, pin: port?.side === "out" ? "last" : "first" };
}

/** The title takes part in the layout, so that edges that leave by the same rim keep clear of it. */
function titleNode(title: string, direction: Direction): LayoutNode {
  const length = Math.ceil(textWidth(title, TITLE_SIZE, true)) + BUTTON_SIZE + 12;
  if (direction === "right") return { width: 20, height: length, reach: 0, pin: "first", isLeftmost: true };
  return { width: length, height: 20, reach: 0, pin: direction === "up" ? "last" : "first", isLeftmost: true };
}

function layoutEdges(scope: OpenScope, drawn: readonly LevelEdge[], inner: readonly (ScopeLayout | null)[], position: ReadonlyMap<number, number>, isTurned: boolean): { edges: LayoutEdge[]; owners: LevelEdge[] } {
  const edges: LayoutEdge[] = [];
  const owners: LevelEdge[] = [];
  const areLabelled = drawn.length <= MAX_LABELLED_EDGES;
  /** Numbered, so that scopes that differ in nothing but their tensors are equal. */
  const trunks = new Map<string, number>();
  for (const edge of drawn) {
    const isBetweenOps = [edge.from, edge.to].every((end) => ["op", "variable"].includes(scope.level.children[end]?.kind ?? ""));
    const copies = edge.kind === "data" && edge.tensors === 1 && isBetweenOps ? Math.min(edge.count, MAX_DUPLICATES) : 1;
    const label = areLabelled ? edge.label : "";
    const labelLength = Math.ceil(textWidth(label, CAPTION_SIZE)) + 8;
    for (let copy = 0; copy < copies; copy++) {
      const isLabelled = label !== "" && copy === 0;
      const tensor = edge.tensors === 1 ? `${edge.node}:${edge.slot}` : `${edge.to}`;
      const trunk = edge.kind === "control" ? "control" : `${edge.kind} ${tensor} ${copy}`;
      trunks.set(trunk, trunks.get(trunk) ?? trunks.size);
      edges.push({
        from: position.get(edge.from) ?? 0,
        to: position.get(edge.to) ?? 0,
        fromOffset: portOffset(edge, edge.from, scope.level, inner[edge.from]?.ports),
        toOffset: portOffset(edge, edge.to, scope.level, inner[edge.to]?.ports),
        weight: weightOf(edge, scope),
        trunk: String(trunks.get(trunk)),
        labelWidth: isLabelled ? (isTurned ? LABEL_HEIGHT : labelLength) : 0,
        labelHeight: isLabelled ? (isTurned ? labelLength : LABEL_HEIGHT) : 0,
      });
      owners.push(edge);
    }
  }
  return { edges, owners };
}

/** The way of the data is to be straight; constants and orders stand at its side. */
function weightOf({ from, kind }: LevelEdge, { level }: OpenScope): number {
  const op = level.children[from]?.node?.op ?? "";
  if (kind !== "data" || isConstantOp(op)) return 0.2;
  return level.children[from]?.kind === "variable" ? 0.6 : 1;
}

/** Edges meet the flat part of a rim. */
function reachOf({ kind, height }: Glyph, width: number, isTurned: boolean): number {
  if (kind === "constant") return 0;
  return Math.max(width / 2 - (isTurned ? 8 : height / 2), 0);
}
