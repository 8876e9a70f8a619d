/** What a view shows of its graph, as the one serialisable record that buttons and Python edit alike. */

export const DIRECTIONS = ["up", "down", "right"] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const TRACES = ["none", "inputs", "outputs"] as const;
export type Trace = (typeof TRACES)[number];

export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface ViewState {
  /** Paths of the open scopes. */
  readonly expanded: readonly string[];
  /** Path of the selected node, or null. */
  readonly selected: string | null;
  /** Series keys that stand apart although a rule would fold them. */
  readonly ungrouped: readonly string[];
  /** Paths kept in the main graph, whatever the rules say. */
  readonly included: readonly string[];
  /** Paths moved to the auxiliary area, whatever the rules say. */
  readonly excluded: readonly string[];
  readonly direction: Direction;
  /** `structure`, `device`, `op`, `values`, or `attribute NAME`; empty for the glyphs' own colours. */
  readonly colourBy: string;
  /** What `values` colours by: numbers or texts by node name. */
  readonly values: Readonly<Record<string, number | string>>;
  /** Whether all that the selection needs, or that needs it, is marked. */
  readonly trace: Trace;
  /** Null fits the graph into the view. */
  readonly viewport: Viewport | null;
}

export const INITIAL_STATE: ViewState = {
  expanded: [],
  selected: null,
  ungrouped: [],
  included: [],
  excluded: [],
  direction: "up",
  colourBy: "",
  values: {},
  trace: "none",
  viewport: null,
};

/** Reads what a saved notebook or Python says; what it does not say, or says wrongly, stays as it starts. */
export function readViewState(value: unknown): ViewState {
  if (typeof value !== "object" || value === null) return INITIAL_STATE;
  const record = value as Readonly<Record<string, unknown>>;
  const { selected } = record;
  return {
    expanded: textsOf(record["expanded"]),
    selected: typeof selected === "string" ? selected : null,
    ungrouped: textsOf(record["ungrouped"]),
    included: textsOf(record["included"]),
    excluded: textsOf(record["excluded"]),
    direction: DIRECTIONS.find((direction) => direction === record["direction"]) ?? INITIAL_STATE.direction,
    colourBy: typeof record["colourBy"] === "string" ? record["colourBy"] : "",
    values: valuesOf(record["values"]),
    trace: TRACES.find((trace) => trace === record["trace"]) ?? "none",
    viewport: viewportOf(record["viewport"]),
  };
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

function valuesOf(value: unknown): Readonly<Record<string, number | string>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, one]) => typeof one === "number" || typeof one === "string"));
}

function viewportOf(value: unknown): Viewport | null {
  if (typeof value !== "object" || value === null) return null;
  const { x, y, scale } = value as Partial<Record<"x" | "y" | "scale", unknown>>;
  const isPlace = Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(scale) && (scale as number) > 0;
  return isPlace ? { x: x as number, y: y as number, scale: scale as number } : null;
}
