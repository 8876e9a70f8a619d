/** Where a page stands in a source that grows in Python, and what a batch means to it. */

/** Counts the items that the page has; a new epoch starts from nothing. */
export interface Position {
  readonly epoch: number;
  readonly length: number;
}

/** The stretch of items that a batch holds. */
export interface Stretch {
  readonly epoch: number;
  readonly since: number;
  readonly upto: number;
}

/** `append`: take it; `replace`: drop what is there, take it; `skip`: nothing new; `gap`: ask for the rest. */
export type Verdict = "append" | "replace" | "skip" | "gap";

/** Decides what to do with a batch. */
export function judge(position: Position, stretch: Stretch): Verdict {
  if (stretch.epoch < position.epoch) return "skip";
  if (stretch.epoch > position.epoch) return stretch.since === 0 ? "replace" : "gap";
  if (stretch.upto <= position.length) return "skip";
  if (stretch.since === position.length) return "append";
  return stretch.since === 0 ? "replace" : "gap";
}
