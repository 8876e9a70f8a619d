/** Makes pictures one after the other, at once where that is quick, else in slices between which the page answers. */

import { finishInSlices, finishWhenIdle, finishWithin, type Steps } from "../steps.ts";

/** What takes no longer is done before the next frame. */
const AT_ONCE_MS = 12;

export class PictureQueue<Picture> {
  #current: AbortController | null = null;
  #ahead = new AbortController();

  /** Begins a picture; one that is still being made is given up. */
  make(steps: Steps<Picture>, then: (picture: Picture) => void): void {
    this.stop();
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

  /** Works until the next picture is wanted: in slices on what is likely to be, on the rest while the page has nothing to do. */
  prepare(likely: Steps<void>, rest: Steps<void>): void {
    this.#ahead.abort();
    const { signal } = (this.#ahead = new AbortController());
    void finishInSlices(likely, signal).then(() => finishWhenIdle(rest, signal));
  }

  stop(): void {
    this.#current?.abort();
    this.#ahead.abort();
  }
}
