/** Commands to the kernel: each has a number and is acknowledged; what stays unanswered is told. */
import { listen, type WidgetModel } from "../sync/model.ts";

/** After this time without an answer the page says that it waits. */
export const PATIENCE_MS = 1000;

export interface CommandEvents {
  /** Whether an answer is overdue. */
  onWaiting(isWaiting: boolean): void;
  /** Why a command was not obeyed; empty when it was. */
  onAnswer(refusal: string): void;
}

export class Commands {
  readonly #model: WidgetModel;
  readonly #events: CommandEvents;
  readonly #pending = new Map<number, ReturnType<typeof setTimeout>>();
  #next = 1;

  constructor(model: WidgetModel, events: CommandEvents, signal: AbortSignal) {
    [this.#model, this.#events] = [model, events];
    listen(model, "msg:custom", (content) => this.#receive(content), signal);
    signal.addEventListener("abort", () => this.#pending.forEach((timer) => clearTimeout(timer)));
  }

  send(command: Readonly<Record<string, unknown>>): void {
    const id = this.#next++;
    this.#pending.set(id, setTimeout(() => this.#events.onWaiting(true), PATIENCE_MS));
    this.#model.send({ id, command });
  }

  #receive(content: unknown): void {
    if (typeof content !== "object" || content === null || !("ack" in content)) return;
    const { ack, refusal } = content as { ack: unknown; refusal?: unknown };
    const timer = this.#pending.get(Number(ack));
    if (timer === undefined) return;
    clearTimeout(timer);
    this.#pending.delete(Number(ack));
    this.#events.onAnswer(typeof refusal === "string" ? refusal : "");
    if (this.#pending.size === 0) this.#events.onWaiting(false);
  }
}
