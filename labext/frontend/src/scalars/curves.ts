/** All curves of a plot, filled by the live channel. */
import type { Sink } from "../sync/channel.ts";
import { Curve, type CurveLabel } from "./curve.ts";

/** Sorts the points of each batch into their curves and says when something changed. */
export class Curves implements Sink {
  #curves = new Map<number, Curve>();
  #listeners = new Set<() => void>();

  get all(): readonly Curve[] {
    return [...this.#curves.values()];
  }

  get pointCount(): number {
    return this.all.reduce((sum, curve) => sum + curve.length, 0);
  }

  reset(): void {
    this.#curves.clear();
  }

  apply(header: unknown, buffers: readonly DataView[]): void {
    this.#open((header as Record<string, unknown> | null)?.["curves"]);
    const [owners, steps, seconds, values] = buffers;
    if (!owners || !steps || !seconds || !values) return;
    for (let index = 0; index < owners.byteLength / 2; index++) {
      this.#curves
        .get(owners.getUint16(2 * index, true))
        ?.append(
          steps.getUint32(4 * index, true),
          seconds.getFloat32(4 * index, true),
          values.getFloat64(8 * index, true),
        );
    }
    for (const listener of this.#listeners) listener();
  }

  /** Calls the listener after each batch until the signal aborts. */
  onChange(listener: () => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener("abort", () => this.#listeners.delete(listener), { once: true });
  }

  #open(labels: unknown): void {
    if (typeof labels !== "object" || labels === null) return;
    for (const [index, label] of Object.entries(labels as Record<string, CurveLabel>)) {
      if (!this.#curves.has(Number(index))) this.#curves.set(Number(index), new Curve(label));
    }
  }
}
