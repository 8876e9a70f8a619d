/** Paints a display list as SVG text. */

import type { DisplayItem, DisplayList, PathSteps, Role } from "../displaylist/items.ts";
import { DASH, FONT_FAMILY, type Theme } from "./theme.ts";

export interface SvgOptions {
  readonly theme: Theme;
  /** Read aloud instead of the picture. */
  readonly title: string;
  /** Largest width on the page, in pixels. */
  readonly maxWidth: number;
  /** Id of the root element, or empty. */
  readonly id: string;
}

export function paintSvg(list: DisplayList, { theme, title, maxWidth, id }: SvgOptions): string {
  const width = Math.max(Math.ceil(list.width), 1);
  const height = Math.max(Math.ceil(list.height), 1);
  const scale = Math.min(1, maxWidth / width);
  const colour = (role: Role | null): string => (role ? theme[role] : "none");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg"${id ? ` id="${escapeXml(id)}"` : ""} width="${round(width * scale)}" height="${round(height * scale)}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}" font-family="${escapeXml(FONT_FAMILY)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="6" fill="${theme.canvas}"/>`,
    ...list.items.map((item) => paintItem(item, colour)),
    "</svg>",
  ].join("\n");
}

function paintItem(item: DisplayItem, colour: (role: Role | null) => string): string {
  if (item.type === "text") {
    const weight = item.isBold ? ' font-weight="600"' : "";
    const anchor = item.anchor === "start" ? "" : ` text-anchor="${item.anchor}"`;
    // A wider face than the layout reckoned with is squeezed; of other scripts the widths are guesses.
    const length = /^[\u0020-\u00ff…]+$/.test(item.text) ? ` textLength="${round(item.bounds.width)}" lengthAdjust="spacingAndGlyphs"` : "";
    return `<text x="${round(item.x)}" y="${round(item.y + item.size * 0.35)}" font-size="${item.size}"${weight}${anchor}${length} fill="${colour(item.fill)}">${escapeXml(item.text)}</text>`;
  }
  const dash = item.isDashed ? ` stroke-dasharray="${DASH.join(" ")}"` : "";
  const stroke = item.stroke ? ` stroke="${colour(item.stroke)}" stroke-width="${round(item.lineWidth)}"${dash}` : "";
  if (item.type === "rect") {
    return `<rect x="${round(item.x)}" y="${round(item.y)}" width="${round(item.width)}" height="${round(item.height)}" rx="${round(item.radius)}" fill="${colour(item.fill)}"${stroke}/>`;
  }
  return `<path d="${pathData(item.steps)}" fill="${colour(item.fill)}"${stroke}/>`;
}

function pathData(steps: PathSteps): string {
  return steps.map((step, index) => `${index === 0 ? "M" : step.length === 2 ? "L" : "C"}${step.map(round).join(" ")}`).join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Control characters have no place in XML at all. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
