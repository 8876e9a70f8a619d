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
    const [runs, seconds, values] = buffers;
    if (!runs || !seconds || !values) return;
    const stretches = new Uint32Array(bytesOf(runs));
    const moments = new Float32Array(bytesOf(seconds));
    // Twice as wide where 32 bits would not hold them exactly.
    const numbers = values.byteLength > seconds.byteLength ? new Float64Array(bytesOf(values)) : new Float32Array(bytesOf(values));
    let begin = 0;
    for (let at = 0; at < stretches.length; at += 3) {
      const [curve = 0, step = 0, count = 0] = stretches.subarray(at, at + 3);
      const end = begin + count;
      this.#curves.get(curve)?.extend(step, moments.subarray(begin, end), numbers.subarray(begin, end));
      begin = end;
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

/** A copy, since columns of wide numbers must begin at multiples of their width. */
function bytesOf({ buffer, byteOffset, byteLength }: DataView): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}
