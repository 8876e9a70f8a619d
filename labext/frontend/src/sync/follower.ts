/** When a view shows what keeps coming: in a fast loop all views at the same moments, so that the page is painted once. */

/** Batches at shorter intervals are those of a loop, of which nobody sees each one. */
const SOON_MS = 300;

/** The views' common moments: so far apart that the messages of all views, which are sent together, arrive in between. */
const GRID_MS = 50;

/** Merges calls that follow each other closely. */
export class Follower {
  readonly #show: () => void;
  #calledMs = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(show: () => void) {
    this.#show = show;
  }

  /** Shows at once, or, if it was just called before, at the next common moment. */
  call(): void {
    const nowMs = performance.now();
    const isSoon = nowMs - this.#calledMs < SOON_MS;
    this.#calledMs = nowMs;
    if (this.#timer !== null) return;
    if (!isSoon) this.#show();
    else
      this.#timer = setTimeout(() => {
        this.#timer = null;
        this.#show();
      }, GRID_MS - (nowMs % GRID_MS));
  }

  /** Lets go of what is not shown yet. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
