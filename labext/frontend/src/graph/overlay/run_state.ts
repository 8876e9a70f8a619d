/** What was run of a graph, as Python tells it: pure data, no picture. */

import type { Moment } from "./history.ts";

/** What distinct runs have in common. */
export interface RunKind {
  readonly operations: readonly string[];
  readonly feeds: readonly string[];
  readonly fetches: readonly string[];
}

/** What a tensor's value comes down to. */
export interface ValueSummary {
  readonly shape: readonly number[];
  /** The value itself, if it is small. */
  readonly text?: string;
  readonly min?: number;
  readonly mean?: number;
  readonly max?: number;
  readonly bins?: readonly number[];
  readonly nan?: number;
  readonly infinite?: number;
  /** The training step it is from. */
  readonly step: number | null;
  /** The number of the run it is from. */
  readonly run: number;
}

export interface Failure {
  readonly node: string | null;
  readonly message: string;
}

/** Where a run that is made node by node stands. */
export interface Stepping {
  /** How many nodes have been evaluated. */
  readonly position: number;
  readonly total: number;
  readonly breakpoints: readonly string[];
  /** Of breakpoints that do not always stop: when they do, in words. */
  readonly conditions: Readonly<Record<string, string>>;
  /** The node that was evaluated last. */
  readonly current: string | null;
  readonly message: string;
}

/** What is known of a node's part in the runs since the cell began. */
export interface NodeMark {
  /** How often it was evaluated. */
  readonly count: number;
  /** Its place, from 1, in the newest run; 0 if that did without it. */
  readonly order: number;
  readonly isFed: boolean;
  readonly isFetched: boolean;
}

export class RunState {
  runs = 0;
  step: number | null = null;
  #present: ReadonlyMap<string, ValueSummary> = new Map();
  #past: Moment | null = null;
  watched: readonly string[] = [];
  failure: Failure | null = null;
  stepping: Stepping | null = null;
  /** By the name of the operation. */
  marks: ReadonlyMap<string, NodeMark> = new Map();
  /** Counts what came: equal numbers mean equal contents. */
  version = 0;
  readonly #kinds = new Map<number, RunKind>();
  #recent: readonly (readonly [number, number])[] = [];

  /** Takes a message of Python's `describe`. */
  apply(header: unknown): void {
    if (typeof header !== "object" || header === null || !("kinds" in header)) return;
    const told = header as Told;
    for (const [index, kind] of Object.entries(told.kinds)) this.#kinds.set(Number(index), kind);
    this.#recent = told.recent;
    this.runs = told.runs;
    this.step = told.step;
    this.#present = new Map(Object.entries(told.values));
    this.watched = told.watched;
    this.failure = told.failure;
    this.stepping = told.stepping ?? null;
    this.marks = this.#marksOf();
    this.version++;
  }

  /** The values of the present, or of the recorded step that the reader looks at. */
  get values(): ReadonlyMap<string, ValueSummary> {
    if (!this.#past) return this.#present;
    const { step, values } = this.#past;
    return new Map(Object.entries(values).map(([tensor, value]) => [tensor, { ...value, step, run: this.runs }]));
  }

  /** Looks at a recorded step; null looks at the present. */
  lookAt(moment: Moment | null): void {
    this.#past = moment;
    this.version++;
  }

  /** The recorded step that the reader looks at. */
  get past(): Moment | null {
    return this.#past;
  }

  /** The run that was made last, if there was one. */
  get newest(): RunKind | null {
    return this.#kinds.get(this.#recent.at(-1)?.[0] ?? -1) ?? null;
  }

  /** The values of a node's outputs, by the tensors' names. */
  valuesOf(node: string): [string, ValueSummary][] {
    return [...this.values].filter(([tensor]) => operationOf(tensor) === node);
  }

  #marksOf(): Map<string, NodeMark> {
    const marks = new Map<string, { count: number; order: number; isFed: boolean; isFetched: boolean }>();
    const markOf = (name: string): { count: number; order: number; isFed: boolean; isFetched: boolean } => {
      const known = marks.get(name) ?? { count: 0, order: 0, isFed: false, isFetched: false };
      marks.set(name, known);
      return known;
    };
    for (const [index, count] of this.#recent) {
      for (const name of this.#kinds.get(index)?.operations ?? []) markOf(name).count += count;
    }
    const { newest } = this;
    newest?.operations.forEach((name, at) => (markOf(name).order = at + 1));
    for (const tensor of newest?.feeds ?? []) markOf(operationOf(tensor)).isFed = true;
    for (const tensor of newest?.fetches ?? []) markOf(operationOf(tensor)).isFetched = true;
    return marks;
  }
}

interface Told {
  readonly kinds: Readonly<Record<string, RunKind>>;
  readonly recent: readonly (readonly [number, number])[];
  readonly runs: number;
  readonly step: number | null;
  readonly values: Readonly<Record<string, ValueSummary>>;
  readonly watched: readonly string[];
  readonly failure: Failure | null;
  readonly stepping?: Stepping;
}

/** The operation that a tensor comes out of. */
export function operationOf(tensor: string): string {
  return tensor.replace(/:\d+$/, "");
}

/** Whether a node belongs to the backward pass: `tf.gradients` keeps its nodes in a scope of this name. */
export function isBackward(name: string): boolean {
  return /(^|\/)gradients(_\d+)?(\/|$)/.test(name);
}
