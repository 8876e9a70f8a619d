/** Saves the whole picture as a file. */

import { tr } from "../../language/language.ts";
import { type DisplayItem, type DisplayList, laidOver } from "../displaylist/items.ts";
import { withLegend } from "../displaylist/legend.ts";
import type { Picture } from "../graph_picture.ts";
import { paintCanvas } from "../painters/canvas.ts";
import { paintSvg } from "../painters/svg.ts";
import type { Theme } from "../painters/theme.ts";
import { make } from "./elements.ts";

const PNG_SCALE = 2;
const MAX_PNG_PIXELS = 8192;

export function downloadSvg(picture: Picture, overlay: readonly DisplayItem[], theme: Theme): void {
  const list = wholeOf(picture, overlay);
  const svg = paintSvg(list, { theme, title: tr("Computation graph"), maxWidth: Infinity, id: "" });
  save(new Blob([svg], { type: "image/svg+xml" }), "graph.svg");
}

export function downloadPng(picture: Picture, overlay: readonly DisplayItem[], theme: Theme): void {
  const list = wholeOf(picture, overlay);
  const scale = Math.min(PNG_SCALE, MAX_PNG_PIXELS / Math.max(list.width, list.height, 1));
  const canvas = make("canvas", { width: String(Math.ceil(list.width * scale)), height: String(Math.ceil(list.height * scale)) });
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = theme.canvas;
  context.fillRect(0, 0, canvas.width, canvas.height);
  paintCanvas(context, list.items, { x: 0, y: 0, scale }, { x: 0, y: 0, width: list.width, height: list.height }, theme);
  canvas.toBlob((blob) => blob && save(blob, "graph.png"), "image/png");
}

/** The picture with what lies over it, and what its colours mean. */
function wholeOf({ list, colouring }: Picture, overlay: readonly DisplayItem[]): DisplayList {
  return withLegend(laidOver(list, overlay), colouring);
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
