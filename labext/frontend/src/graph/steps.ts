/** Long work in short steps, so that the page stays alive while it is done. */

/** Yields between steps of a few milliseconds at most; returns the result. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** The page can answer a click between slices of this length. */
const SLICE_MS = 12;
const IDLE_AFTER_MS = 50;

/**
 * Goes through `count` things, `chunk` of them in each step. What is done with them is a plain function:
 * engines make loops in those several times faster than in generators.
 */
export function* inChunks(count: number, chunk: number, work: (start: number, end: number) => void): Steps<void> {
  for (let start = 0; start < count; start += chunk) {
    work(start, Math.min(start + chunk, count));
    yield;
  }
}

/** Does all the work at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Results by key. Work that was given up half done is taken up where it stopped. */
export class Memory<Key, Result> {
  readonly #results = new Map<Key, Result>();
  readonly #begun = new Map<Key, Steps<Result>>();

  get size(): number {
    return this.#results.size;
  }

  clear(): void {
    this.#results.clear();
    this.#begun.clear();
  }

  *get(key: Key, begin: () => Steps<Result>): Steps<Result> {
    const known = this.#results.get(key);
    if (known !== undefined) return known;
    const steps = this.#begun.get(key) ?? begin();
    this.#begun.set(key, steps);
    try {
      const result = yield* steps;
      this.#results.set(key, result);
      return result;
    } finally {
      this.#begun.delete(key);
    }
  }
}

/** Works for one slice; null when that was not enough. */
export function finishWithin<Result>(steps: Steps<Result>, milliseconds = SLICE_MS): { readonly result: Result } | null {
  const end = performance.now() + milliseconds;
  do {
    const step = steps.next();
    if (step.done) return { result: step.value };
  } while (performance.now() < end);
  return null;
}

/** Works in slices with pauses between them; null when the signal aborted. */
export async function finishInSlices<Result>(steps: Steps<Result>, signal: AbortSignal): Promise<Result | null> {
  while (!signal.aborted) {
    const done = finishWithin(steps);
    if (done) return done.result;
    await pause();
  }
  return null;
}

/** The same while the page has nothing else to do; where a browser does not tell, between timers. */
export async function finishWhenIdle<Result>(steps: Steps<Result>, signal: AbortSignal): Promise<Result | null> {
  for (;;) {
    const timeRemaining = await idle();
    do {
      if (signal.aborted) return null;
      const done = finishWithin(steps);
      if (done) return done.result;
      await pause();
    } while (timeRemaining() > 0);
  }
}

function idle(): Promise<() => number> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === "undefined") setTimeout(() => resolve(() => 0), IDLE_AFTER_MS);
    else requestIdleCallback((deadline) => resolve(() => deadline.timeRemaining()));
  });
}

/** Lets waiting events through; a timer would wait 4 ms longer. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
