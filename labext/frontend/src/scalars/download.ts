/** Saves the full data or the picture as a file. */
import type { Format } from "./controls.ts";
import type { Curve } from "./curve.ts";
import { element } from "./dom.ts";
import { plotSvg, type Picture } from "./picture.ts";

const PIXEL_RATIO = 2;
const TYPES: Record<Format, string> = {
  csv: "text/csv",
  json: "application/json",
  png: "image/png",
  svg: "image/svg+xml",
};

/** Hands the plot to the user as a file. */
export async function download(format: Format, picture: Picture): Promise<void> {
  const blob = format === "png" ? await pngOf(picture) : new Blob([textOf(format, picture)], { type: TYPES[format] });
  const url = URL.createObjectURL(blob);
  element("a", { href: url, download: `${fileNameOf(picture.title)}.${format}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** All points as comma-separated values, one line each. */
export function csvOf(curves: readonly Curve[]): string {
  const lines = ["tag,run,step,wall_time,value"];
  for (const curve of curves) {
    const name = `${quoted(curve.label.tag)},${quoted(curve.label.run)}`;
    curve.values.forEach((value, index) => {
      lines.push(`${name},${curve.steps[index] ?? 0},${wallTime(curve, index)},${value}`);
    });
  }
  return `${lines.join("\n")}\n`;
}

/** All points as JSON; NaN and infinity, which JSON lacks, as strings. */
export function jsonOf(curves: readonly Curve[]): string {
  return JSON.stringify(
    curves.map((curve) => ({
      tag: curve.label.tag,
      run: curve.label.run,
      step: [...curve.steps],
      wall_time: Array.from(curve.seconds, (_second, index) => wallTime(curve, index)),
      value: Array.from(curve.values, (value) => (Number.isFinite(value) ? value : String(value))),
    })),
  );
}

function textOf(format: Exclude<Format, "png">, picture: Picture): string {
  if (format === "csv") return csvOf(picture.curves);
  return format === "json" ? jsonOf(picture.curves) : plotSvg(picture);
}

async function pngOf(picture: Picture): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(plotSvg(picture))}`;
  await image.decode();
  const [width, height] = [picture.widthPx * PIXEL_RATIO, picture.heightPx * PIXEL_RATIO];
  const canvas = element("canvas", { width: String(width), height: String(height) });
  canvas.getContext("2d")?.drawImage(image, 0, 0, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser made no PNG."))), TYPES.png);
  });
}

function wallTime(curve: Curve, index: number): number {
  return Math.round((curve.label.startedS + (curve.seconds[index] ?? 0)) * 1000) / 1000;
}

function quoted(text: string): string {
  // A spreadsheet would run a leading =, +, - or @ as a formula.
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function fileNameOf(title: string): string {
  return title.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^-+|-+$/g, "") || "plot";
}
