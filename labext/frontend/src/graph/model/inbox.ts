/** Takes messages in their order, small ones at once, large ones in slices. */

import { decodingSteps, PayloadError } from "../../protocol/payload.ts";
import { finishInSlices, finishWithin, type Steps } from "../steps.ts";
import type { GraphModel } from "./graph_model.ts";

/** What takes no longer is done at once. */
const AT_ONCE_MS = 10;

export class Inbox {
  readonly #graph: GraphModel;
  #last: Promise<void> | null = null;

  constructor(graph: GraphModel) {
    this.#graph = graph;
  }

  /** Appends messages; `then` hears what is wrong with them, or the empty text. */
  take(buffers: readonly DataView[], then: (problem: string) => void, signal: AbortSignal): void {
    const steps = appendAll(this.#graph, buffers);
    const done = this.#last ? null : finishWithin(steps, AT_ONCE_MS);
    if (done) {
      then(done.result);
      return;
    }
    const turn = (this.#last ?? Promise.resolve()).then(async () => {
      const problem = await finishInSlices(steps, signal);
      if (problem !== null) then(problem);
      if (this.#last === turn) this.#last = null;
    });
    this.#last = turn;
  }
}

/** What cannot be read is told in the view, and leaves the graph as it was. */
function* appendAll(graph: GraphModel, buffers: readonly DataView[]): Steps<string> {
  try {
    for (const { buffer, byteOffset, byteLength } of buffers) {
      const message = yield* decodingSteps(new Uint8Array(buffer, byteOffset, byteLength));
      yield;
      yield* graph.appendSteps(message);
    }
    return "";
  } catch (error) {
    if (error instanceof PayloadError) return error.message;
    throw error;
  }
}
