/** Makes pictures one after the other, at once where that is quick, else in slices between which the page answers. */

import { finishInSlices, finishWithin, type Steps } from "../steps.ts";

/** What takes no longer is done before the next frame. */
const AT_ONCE_MS = 16;

export class PictureQueue<Picture> {
  #current: AbortController | null = null;

  /** Begins a picture; one that is still being made is given up. */
  make(steps: Steps<Picture>, then: (picture: Picture) => void): void {
    this.#current?.abort();
    this.#current = null;
    const done = finishWithin(steps, AT_ONCE_MS);
    if (done) {
      then(done.result);
      return;
    }
    const life = new AbortController();
    this.#current = life;
    void finishInSlices(steps, life.signal).then((picture) => {
      if (life.signal.aborted || picture === null) return;
      this.#current = null;
      then(picture);
    });
  }

  get isBusy(): boolean {
    return this.#current !== null;
  }

  stop(): void {
    this.#current?.abort();
  }
}
