/** Marks on the curves: values that no axis can show, and where each curve ends. */
import type uPlot from "uplot";
import type { Trace } from "./scene.ts";

/** Draws the marks of one curve in its colour. */
export function drawMarks(plot: uPlot, { oddities, raw, smoothed }: Trace, colour: string, background: string): void {
  const { ctx } = plot;
  const unit = devicePixelRatio;
  ctx.fillStyle = ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5 * unit;
  for (const oddity of oddities) {
    const y = oddity.y === null ? plot.bbox.top + plot.bbox.height - 8 * unit : plot.valToPos(oddity.y, "y", true);
    triangle(ctx, plot.valToPos(oddity.x, "x", true), y, 5 * unit, oddity.value === Number.POSITIVE_INFINITY);
    ctx.save();
    ctx.fillStyle = background;
    ctx.fill();
    ctx.restore();
    ctx.stroke();
  }
  const line = smoothed ?? raw;
  const lastY = line.y.at(-1);
  if (typeof lastY !== "number") return;
  ctx.beginPath();
  ctx.arc(plot.valToPos(line.x.at(-1) ?? 0, "x", true), plot.valToPos(lastY, "y", true), 3 * unit, 0, 2 * Math.PI);
  ctx.fill();
}

function triangle(ctx: CanvasRenderingContext2D, x: number, y: number, size: number, isUp: boolean): void {
  const direction = isUp ? -1 : 1;
  ctx.beginPath();
  ctx.moveTo(x - size, y - direction * size);
  ctx.lineTo(x + size, y - direction * size);
  ctx.lineTo(x, y + direction * size);
  ctx.closePath();
}
