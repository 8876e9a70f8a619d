/** What watched tensors were at the recorded training steps. */

import type { Sink } from "../../sync/channel.ts";
import type { ValueSummary } from "./run_state.ts";

export interface Moment {
  /** The number of the training: it grows when the variables begin anew. */
  readonly run: number;
  readonly step: number;
  readonly values: Readonly<Record<string, ValueSummary>>;
}

export class History implements Sink {
  readonly #onChange: () => void;
  #moments: Moment[] = [];

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  reset(): void {
    this.#moments = [];
  }

  /** Takes new moments, and drops what Python has dropped. */
  apply(header: unknown): void {
    const { firstRun, stride, moments } = (header ?? {}) as { firstRun?: number; stride?: number; moments?: unknown };
    if (firstRun === undefined || stride === undefined || !Array.isArray(moments)) return;
    const kept = this.#moments.filter(({ run, step }) => run >= firstRun && step % stride === 0);
    this.#moments = [...kept, ...(moments as Moment[])];
    this.#onChange();
  }

  /** The numbers of the trainings, oldest first. */
  get runs(): number[] {
    return [...new Set(this.#moments.map(({ run }) => run))];
  }

  /** The recorded steps of a training, in order. */
  of(run: number): readonly Moment[] {
    return this.#moments.filter((moment) => moment.run === run);
  }
}

/** The place of the last moment at or before a step; 0 if all are later. */
export function placeOfStep(moments: readonly Moment[], step: number): number {
  let [low, high] = [0, moments.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((moments[middle]?.step ?? 0) <= step) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}
