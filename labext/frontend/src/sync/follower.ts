/** When a view shows what keeps coming: in a fast loop all views together, so that the page is painted once. */

/** Batches at shorter intervals are those of a loop, of which nobody sees each one. */
const SOON_MS = 800;

/** From the first message of a loop to the picture, unless the last of those that are sent together has come before. */
const GATHER_MS = 30;

/** What is to be shown next, by all views on the page: each widget brings a copy of this module. */
const waiting: Set<() => void> = ((globalThis as { [key: symbol]: unknown })[Symbol.for("labext.waiting")] ??= new Set()) as Set<() => void>;

/** Shows all that waits: nothing more comes at this moment. */
export function showWaiting(): void {
  const shown = [...waiting];
  waiting.clear();
  for (const show of shown) show();
}

/** Merges calls that follow each other closely. */
export class Follower {
  readonly #show: () => void;
  #calledMs = Number.NEGATIVE_INFINITY;

  constructor(show: () => void) {
    this.#show = show;
  }

  /** Shows at once, or, if it was just called before, together with all others. */
  call(): void {
    const nowMs = performance.now();
    const isSoon = nowMs - this.#calledMs < SOON_MS;
    this.#calledMs = nowMs;
    if (isSoon) showLater(this.#show);
    else if (!waiting.has(this.#show)) this.#show();
  }

  /** Lets go of what is not shown yet. */
  stop(): void {
    waiting.delete(this.#show);
  }
}

function showLater(show: () => void): void {
  if (waiting.size === 0) setTimeout(showWaiting, GATHER_MS);
  waiting.add(show);
}
