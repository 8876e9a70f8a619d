/** Which children of a scope stand aside, so that the main graph stays readable. TensorBoard's rule, made gentler. */

import { isSummaryOp } from "../model/op_kinds.ts";
import type { Item } from "../scopes/items.ts";
import type { Level } from "./level.ts";
import type { LevelEdge } from "./level_edge.ts";

export interface Extraction {
  /** Indices of the children that stand aside. */
  readonly auxiliary: ReadonlySet<number>;
  /** Edges that are laid out; the others show when one of their ends is selected. */
  readonly drawn: readonly LevelEdge[];
  readonly detached: readonly LevelEdge[];
}

/** Smaller scopes are read whole: nothing leaves them for its degree. TensorBoard begins at 15. */
const MIN_NODES = 40;
/** A degree is never high up to here, whatever the others are. */
const MIN_DEGREE = 4;
const MAX_CONTROL_EDGES = 4;
/** Ports that reach more children than this are not drawn in scopes that large. */
const MAX_PORT_FAN = 8;

/** Splits a level in the order: by hand, known sinks, high degree, many control edges, what is left alone. */
export function extract(level: Level, included: ReadonlySet<string>, excluded: ReadonlySet<string>): Extraction {
  const { children } = level;
  const auxiliary = new Set<number>();
  const isFree = (index: number): boolean => !included.has(children[index]?.path ?? "");
  const isLarge = children.length >= MIN_NODES;
  const learned = isLarge ? variablesAndSources(level) : new Set<number>();
  children.forEach((child, index) => {
    if (excluded.has(child.path) || (isFree(index) && isService(child))) auxiliary.add(index);
  });
  if (isLarge) {
    for (const index of highDegrees(level, auxiliary)) if (isFree(index) && !learned.has(index)) auxiliary.add(index);
  }
  const detached = new Set(level.edges.filter(({ from, to }) => auxiliary.has(from) || auxiliary.has(to)));
  if (isLarge) detachHubs(level, isFree, detached);
  for (const index of leftAlone(level, detached)) if (isFree(index)) auxiliary.add(index);
  return { auxiliary, drawn: level.edges.filter((edge) => !detached.has(edge)), detached: [...detached] };
}

/** `init`, summaries and the saver serve the program; they are not part of what it computes. */
function isService(item: Item): boolean {
  const op = item.node?.op ?? "";
  if (item.kind === "op") return op === "NoOp" || isSummaryOp(op);
  if (item.kind === "series") return item.children.every(isService);
  return item.kind === "scope" && item.children.some((child) => /^(SaveV2|SaveSlices)$/.test(child.node?.op ?? ""));
}

/** Variables, whatever reads them, and what they start from: what a program learns never stands aside. */
function variablesAndSources({ children, edges }: Level): Set<number> {
  const isVariable = (index: number): boolean => children[index]?.kind === "variable";
  const kept = new Set(children.flatMap((_, index) => (isVariable(index) ? [index] : [])));
  for (const { from, to, kind } of edges) if (kind === "data" && isVariable(to) && from < children.length) kept.add(from);
  return kept;
}

function highDegrees(level: Level, undecided: ReadonlySet<number>): number[] {
  const count = level.children.length;
  const data = { in: new Array<number>(count).fill(0), out: new Array<number>(count).fill(0) };
  const control = { in: new Array<number>(count).fill(0), out: new Array<number>(count).fill(0) };
  for (const { from, to, kind } of level.edges) {
    if (undecided.has(from) || undecided.has(to)) continue;
    const degrees = kind === "control" ? control : data;
    if (from < count) degrees.out[from] = (degrees.out[from] ?? 0) + 1;
    if (to < count) degrees.in[to] = (degrees.in[to] ?? 0) + 1;
  }
  const nodes = level.children.map((_, index) => index).filter((index) => !undecided.has(index));
  const degreesOf = (side: "in" | "out"): number[] => nodes.map((index) => data[side][index] || control[side][index] || 0);
  const ins = degreesOf("in");
  const outs = degreesOf("out");
  const maxIn = upperBound(ins, 1);
  const maxOut = upperBound(outs, 4);
  return nodes.filter((_, at) => (ins[at] ?? 0) > maxIn || (outs[at] ?? 0) > maxOut);
}

function upperBound(degrees: readonly number[], spread: number): number {
  const sorted = degrees.toSorted((a, b) => a - b);
  const quartile1 = sorted[Math.floor(sorted.length * 0.25)] ?? 0;
  const quartile3 = sorted[Math.floor(sorted.length * 0.75)] ?? 0;
  return Math.max(quartile3 + spread * (quartile3 - quartile1), MIN_DEGREE);
}

/** Ends with too many control edges, and ports that reach too far, keep their edges to themselves. */
function detachHubs(level: Level, isFree: (index: number) => boolean, detached: Set<LevelEdge>): void {
  const count = level.children.length;
  const controls = new Map<number, LevelEdge[]>();
  const fans = new Map<number, LevelEdge[]>();
  for (const edge of level.edges) {
    for (const end of [edge.from, edge.to]) {
      const groups = end >= count ? fans : edge.kind === "control" ? controls : null;
      if (!groups || detached.has(edge)) continue;
      const group = groups.get(end);
      if (group) group.push(edge);
      else groups.set(end, [edge]);
    }
  }
  for (const [end, edges] of controls) {
    if (edges.length > MAX_CONTROL_EDGES && isFree(end)) for (const edge of edges) detached.add(edge);
  }
  for (const edges of fans.values()) {
    if (edges.length > MAX_PORT_FAN) for (const edge of edges) detached.add(edge);
  }
}

/** Children that lost every edge. Inputs and variables stay: they are what a learner looks for first. */
function leftAlone(level: Level, detached: ReadonlySet<LevelEdge>): number[] {
  const connected = new Set<number>();
  const lost = new Set<number>();
  for (const edge of level.edges) {
    const group = detached.has(edge) ? lost : connected;
    group.add(edge.from);
    group.add(edge.to);
  }
  return [...lost].filter((index) => {
    const child = level.children[index];
    return child !== undefined && !connected.has(index) && child.kind !== "variable" && !child.node?.op.startsWith("Placeholder");
  });
}
