/** The plot as SVG text: for saved notebooks and for download. Pure, so that any engine can run it. */
import { horizontalLabel, horizontalTicks, horizontalTitle, verticalTicks } from "./axes.ts";
import type { Curve } from "./curve.ts";
import type { Line } from "./decimate.ts";
import { formatTick, formatValue, withThousands } from "./format.ts";
import { colourOf } from "./palette.ts";
import { layOut, type Range, type Settings, type Zoom } from "./scene.ts";
import { Smoothing } from "./smooth.ts";

/** What to draw. */
export interface Picture {
  /** Id of the root element. */
  readonly id: string;
  readonly title: string;
  readonly curves: readonly Curve[];
  /** Places in the palette, one for each curve. */
  readonly colours: readonly number[];
  readonly settings: Settings;
  readonly zoom: Zoom | null;
  readonly widthPx: number;
  readonly heightPx: number;
}

const MARGIN = { left: 64, right: 20, top: 46, bottom: 48 };
const LEGEND_ROW_PX = 18;
const EMPTY_HEIGHT_PX = 96;
const INK = "#1b1f24";
const PALE_INK = "#59636e";
const RULE = "#e4e7eb";
const FONT = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";

/** Draws the plot. */
export function plotSvg(picture: Picture): string {
  const { settings, widthPx } = picture;
  if (picture.curves.every((curve) => curve.length === 0)) return emptySvg(picture);
  const inner = { width: widthPx - MARGIN.left - MARGIN.right, height: picture.heightPx - MARGIN.top - MARGIN.bottom };
  const { entries, rows } = legend(picture, inner.width);
  const heightPx = picture.heightPx + rows * LEGEND_ROW_PX;
  const smooth = (curve: Curve): Float64Array => new Smoothing(settings.smoothing).extendTo(curve.values);
  const scene = layOut(picture.curves, settings, picture.zoom, inner.width, smooth);
  const toX = scale(scene.x, settings.isLogX, MARGIN.left, MARGIN.left + inner.width);
  const toY = scale(scene.y, settings.isLogY, MARGIN.top + inner.height, MARGIN.top);
  const parts = opening(picture, heightPx);

  const bottom = MARGIN.top + inner.height;
  for (const tick of verticalTicks(scene.y, settings.isLogY, inner.height / 45)) {
    const y = fixed(toY(tick));
    parts.push(`<path d="M${MARGIN.left} ${y}H${MARGIN.left + inner.width}" stroke="${RULE}"/>`);
    parts.push(text(MARGIN.left - 8, Number(y) + 4, formatTick(tick), `text-anchor="end" fill="${PALE_INK}"`));
  }
  for (const tick of horizontalTicks(settings.axis, scene.x, settings.isLogX, inner.width / 90)) {
    const label = horizontalLabel(settings.axis, tick);
    parts.push(text(Number(fixed(toX(tick))), bottom + 18, label, `text-anchor="middle" fill="${PALE_INK}"`));
  }
  const middle = MARGIN.left + inner.width / 2;
  parts.push(text(middle, bottom + 36, horizontalTitle(settings.axis), `text-anchor="middle" fill="${PALE_INK}"`));

  const clip = `${picture.id}-clip`;
  parts.push(
    `<clipPath id="${escape(clip)}"><rect x="${MARGIN.left}" y="${MARGIN.top - 2}" ` +
      `width="${inner.width + 4}" height="${inner.height + 4}"/></clipPath>`,
    `<g clip-path="url(#${escape(clip)})" fill="none" stroke-width="1.75" stroke-linejoin="round">`,
  );
  scene.traces.forEach((trace, index) => {
    const colour = colourOf(picture.colours[index] ?? index, false);
    const faint = trace.smoothed === null ? "" : ' opacity="0.3"';
    parts.push(`<path d="${pathOf(trace.raw, toX, toY)}" stroke="${colour}"${faint}/>`);
    if (trace.smoothed) parts.push(`<path d="${pathOf(trace.smoothed, toX, toY)}" stroke="${colour}"/>`);
    for (const oddity of trace.oddities) {
      const [x, y] = [toX(oddity.x), oddity.y === null ? bottom - 6 : toY(oddity.y)];
      parts.push(
        `<path d="M${fixed(x - 5)} ${fixed(y - 4)}h10l-5 9z" fill="#ffffff" stroke="${colour}">` +
          `<title>${formatValue(oddity.value)}</title></path>`,
      );
    }
  });
  parts.push("</g>", ...entries, "</svg>");
  return parts.join("");
}

function emptySvg(picture: Picture): string {
  const words = text(picture.widthPx / 2, EMPTY_HEIGHT_PX / 2 + 8, "no values yet", `text-anchor="middle" fill="${PALE_INK}"`);
  return [...opening(picture, EMPTY_HEIGHT_PX), words, "</svg>"].join("");
}

function opening(picture: Picture, heightPx: number): string[] {
  const { id, title, widthPx } = picture;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" id="${escape(id)}" width="${widthPx}" height="${heightPx}" ` +
      `viewBox="0 0 ${widthPx} ${heightPx}" role="img" font-family="${FONT}" font-size="12">`,
    `<title>${escape(description(picture))}</title>`,
    `<rect width="${widthPx}" height="${heightPx}" rx="6" fill="#ffffff"/>`,
    text(16, 26, title, `font-size="15" font-weight="600" fill="${INK}"`),
  ];
}

function legend(picture: Picture, widthPx: number): { entries: string[]; rows: number } {
  let [x, row] = [0, 0];
  const entries = picture.curves.map((curve, index) => {
    const label = `${nameOf(curve, picture.title)}  ${formatValue(curve.values[curve.length - 1] ?? Number.NaN)}`;
    const colour = colourOf(picture.colours[index] ?? index, false);
    // Text cannot be measured here: 6.6 px is a generous width for a letter of this size.
    const entryPx = 34 + 6.6 * label.length;
    if (x > 0 && x + entryPx > widthPx) [x, row] = [0, row + 1];
    const at = { x: MARGIN.left + x, y: picture.heightPx + row * LEGEND_ROW_PX + 6 };
    x += entryPx;
    return (
      `<path d="M${fixed(at.x)} ${at.y - 4}h14" stroke="${colour}" stroke-width="3" stroke-linecap="round"/>` +
      text(at.x + 20, at.y, label, `fill="${INK}"`)
    );
  });
  return { entries, rows: row + 1 };
}

/** The curve's name beside a heading that already names its tag. */
export function nameOf(curve: Curve, title: string): string {
  return curve.label.tag === title ? curve.label.run : `${curve.label.tag} · ${curve.label.run}`;
}

/** The plot in one sentence. */
export function description({ title, curves, settings }: Pick<Picture, "title" | "curves" | "settings">): string {
  const latest = curves.map(
    (curve) =>
      `${curve.label.tag}, ${curve.label.run}: ${withThousands(curve.length)} points, ` +
      `latest ${formatValue(curve.values[curve.length - 1] ?? Number.NaN)}`,
  );
  return `Line plot of ${title} over ${horizontalTitle(settings.axis)}. ${latest.join("; ") || "No values yet"}.`;
}

function scale(range: Range, isLog: boolean, start: number, end: number): (value: number) => number {
  const bend = isLog ? Math.log : (value: number): number => value;
  const factor = (end - start) / (bend(range.to) - bend(range.from) || 1);
  return (value) => start + (bend(value) - bend(range.from)) * factor;
}

function pathOf(line: Line, toX: (x: number) => number, toY: (y: number) => number): string {
  let isBroken = true;
  let path = "";
  line.x.forEach((x, index) => {
    const y = line.y[index] ?? null;
    if (y !== null) {
      const isAlone = isBroken && (line.y[index + 1] ?? null) === null;
      path += `${isBroken ? "M" : "L"}${fixed(toX(x))} ${fixed(toY(y))}${isAlone ? "h0.01" : ""}`;
    }
    isBroken = y === null;
  });
  return path;
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}" ${attributes}>${escape(content)}</text>`;
}

function fixed(value: number): string {
  return String(Math.round(Math.max(-1e6, Math.min(1e6, value)) * 10) / 10);
}

function escape(content: string): string {
  return content
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    // XML knows no other control characters, not even as references.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
}
