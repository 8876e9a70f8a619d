/** The page's end of a live channel: hands batches on in order and asks for what is missing. */
import { showWaiting } from "./follower.ts";
import { listen, type WidgetModel } from "./model.ts";
import { judge, type Position, type Stretch } from "./position.ts";

/** Takes what a channel brings. */
export interface Sink {
  /** Drops everything: the source begins anew, or comes again as a whole. */
  reset(): void;
  /** Takes the next items. */
  apply(header: unknown, buffers: readonly DataView[]): void;
}

/** A lost answer is asked for again after this time, when the next batch, be it the resting source's, shows the gap. */
const ASK_AGAIN_MS = 400;

/** Feeds the sink from the model's channel of that name until the signal aborts. */
export function subscribe(model: WidgetModel, name: string, sink: Sink, signal: AbortSignal): void {
  let position: Position = { epoch: 0, length: 0 };
  let askedMs = Number.NEGATIVE_INFINITY;

  const ask = (epoch: number): void => {
    const nowMs = performance.now();
    if (nowMs - askedMs < ASK_AGAIN_MS) return;
    askedMs = nowMs;
    model.send({ channel: name, epoch, resync: epoch === position.epoch ? position.length : 0 });
  };

  const receive = (content: unknown, buffers: unknown): void => {
    const batch = batchOf(content, name);
    if (batch === null) return;
    const verdict = judge(position, batch);
    if (verdict === "gap") ask(batch.epoch);
    if (verdict === "gap" || verdict === "skip") return;
    if (verdict === "replace") sink.reset();
    sink.apply(batch.header, viewsOf(buffers));
    position = { epoch: batch.epoch, length: batch.upto };
    askedMs = Number.NEGATIVE_INFINITY;
    if (!batch.more) showWaiting();
  };

  listen(model, "msg:custom", receive, signal);
  ask(0);
}

function batchOf(content: unknown, name: string): (Stretch & { header: unknown; more: boolean }) | null {
  if (typeof content !== "object" || content === null) return null;
  const { channel, epoch, since, upto, header, more } = content as Record<string, unknown>;
  if (channel !== name) return null;
  if (typeof epoch !== "number" || typeof since !== "number" || typeof upto !== "number") return null;
  return { epoch, since, upto, header, more: more === true };
}

function viewsOf(buffers: unknown): readonly DataView[] {
  return Array.isArray(buffers) ? buffers.filter((buffer) => buffer instanceof DataView) : [];
}
