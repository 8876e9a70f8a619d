/** When a view shows what keeps coming: in a fast loop all views together, so that the page is painted once. */

/** Batches at shorter intervals are those of a loop, of which nobody sees each one. */
const SOON_MS = 800;

/** From the first message of a loop to the picture: those of all views, which are sent together, arrive in between. */
const GATHER_MS = 30;

/** What is to be shown next, by all views on the page: each widget brings a copy of this module. */
const waiting: Set<() => void> = ((globalThis as { [key: symbol]: unknown })[Symbol.for("labext.waiting")] ??= new Set()) as Set<() => void>;

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
  if (waiting.size === 0) setTimeout(showAll, GATHER_MS);
  waiting.add(show);
}

function showAll(): void {
  const shown = [...waiting];
  waiting.clear();
  for (const show of shown) show();
}
