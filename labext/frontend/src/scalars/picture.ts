/** The plot as SVG text: for saved notebooks and for download. Pure, so that any engine can run it. */
import { tr } from "../language/language.ts";
import { horizontalLabel, horizontalTicks, horizontalTitle, verticalTicks } from "./axes.ts";
import type { Curve } from "./curve.ts";
import type { Line } from "./decimate.ts";
import { formatTick, formatValue, withThousands } from "./format.ts";
import { colourOf } from "./palette.ts";
import { layOut, type Range, type Scene, type Settings, type Smooth, type Trace, type Zoom } from "./scene.ts";
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
  /** Gives the smoothed values; left out, they are made of the curves' points. */
  readonly smooth?: Smooth;
}

const MARGIN = { left: 64, right: 20, top: 46, bottom: 48 };
const LEGEND_ROW_PX = 18;
const EMPTY_HEIGHT_PX = 96;
const TICK_PX = { vertical: 45, horizontal: 90 };
// Text cannot be measured without a page: a generous width for a letter of this size.
const LETTER_PX = 6.6;
const INK = "#1b1f24";
const PALE_INK = "#59636e";
const RULE = "#e4e7eb";
const FONT = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";

/** The box of the curves and how values become places in it. */
interface Frame {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly scene: Scene;
  toX(x: number): number;
  toY(y: number): number;
}

/** Draws the plot. */
export function plotSvg(picture: Picture): string {
  if (picture.curves.every((curve) => curve.length === 0)) return emptySvg(picture);
  const frame = frameOf(picture);
  const { entries, rows } = legend(picture, frame);
  const clip = escape(`${picture.id}-clip`);
  return [
    ...opening(picture, picture.heightPx + rows * LEGEND_ROW_PX),
    ...verticalAxis(picture, frame),
    ...horizontalAxis(picture, frame),
    `<clipPath id="${clip}"><rect x="${frame.left}" y="${MARGIN.top - 2}" ` +
      `width="${frame.right - frame.left + 4}" height="${frame.bottom - MARGIN.top + 4}"/></clipPath>`,
    `<g clip-path="url(#${clip})" fill="none" stroke-width="1.75" stroke-linejoin="round">`,
    ...frame.scene.traces.flatMap((trace, index) => lines(trace, colourOf(picture.colours[index] ?? index, false), frame)),
    "</g>",
    ...entries,
    "</svg>",
  ].join("");
}

function frameOf({ curves, settings, zoom, widthPx, heightPx, ...picture }: Picture): Frame {
  const smooth = picture.smooth ?? ((curve: Curve): Float64Array => new Smoothing(settings.smoothing).extendTo(curve.values));
  const scene = layOut(curves, settings, zoom, widthPx - MARGIN.left - MARGIN.right, smooth);
  const bottom = heightPx - MARGIN.bottom;
  const labels = verticalTicks(scene.y, settings.isLogY, (bottom - MARGIN.top) / TICK_PX.vertical).map(formatTick);
  const left = Math.max(MARGIN.left, Math.ceil(24 + LETTER_PX * Math.max(...labels.map((label) => label.length))));
  const right = widthPx - MARGIN.right;
  return {
    left,
    right,
    bottom,
    scene,
    toX: scale(scene.x, settings.isLogX, left, right),
    toY: scale(scene.y, settings.isLogY, bottom, MARGIN.top),
  };
}

function verticalAxis({ settings }: Picture, { left, right, bottom, scene, toY }: Frame): string[] {
  return verticalTicks(scene.y, settings.isLogY, (bottom - MARGIN.top) / TICK_PX.vertical).map((tick) => {
    const y = toY(tick);
    const label = text(left - 8, y + 4, formatTick(tick), `text-anchor="end" fill="${PALE_INK}"`);
    return `<path d="M${left} ${fixed(y)}H${right}" stroke="${RULE}"/>${label}`;
  });
}

function horizontalAxis({ settings }: Picture, { left, right, bottom, scene, toX }: Frame): string[] {
  const centred = `text-anchor="middle" fill="${PALE_INK}"`;
  const ticks = horizontalTicks(settings.axis, scene.x, settings.isLogX, (right - left) / TICK_PX.horizontal);
  return [
    ...ticks.map((tick) => text(toX(tick), bottom + 18, horizontalLabel(settings.axis, tick), centred)),
    text((left + right) / 2, bottom + 36, horizontalTitle(settings.axis), centred),
  ];
}

function lines({ raw, smoothed, oddities }: Trace, colour: string, { bottom, toX, toY }: Frame): string[] {
  const faint = smoothed === null ? "" : ' opacity="0.3"';
  const marks = oddities.map(({ x, y, value }) => {
    const [at, level] = [toX(x), y === null ? bottom - 6 : toY(y)];
    const shape = `M${fixed(at - 5)} ${fixed(level - 4)}h10l-5 9z`;
    return `<path d="${shape}" fill="#ffffff" stroke="${colour}"><title>${formatValue(value)}</title></path>`;
  });
  return [
    `<path d="${pathOf(raw, toX, toY)}" stroke="${colour}"${faint}/>`,
    ...(smoothed === null ? [] : [`<path d="${pathOf(smoothed, toX, toY)}" stroke="${colour}"/>`]),
    ...marks,
  ];
}

function emptySvg(picture: Picture): string {
  const words = text(picture.widthPx / 2, EMPTY_HEIGHT_PX / 2 + 8, tr("no values yet"), `text-anchor="middle" fill="${PALE_INK}"`);
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

function legend(picture: Picture, { left, right }: Frame): { entries: string[]; rows: number } {
  let [x, row] = [0, 0];
  const entries = picture.curves.map((curve, index) => {
    const label = `${nameOf(curve, picture.title)}  ${formatValue(curve.values[curve.length - 1] ?? Number.NaN)}`;
    const colour = colourOf(picture.colours[index] ?? index, false);
    const entryPx = 34 + LETTER_PX * label.length;
    if (x > 0 && x + entryPx > right - left) [x, row] = [0, row + 1];
    const at = { x: left + x, y: picture.heightPx + row * LEGEND_ROW_PX + 6 };
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
  return curve.label.tag === title ? runOf(curve) : `${curve.label.tag} · ${runOf(curve)}`;
}

/** Runs that were only counted are so in every language. */
function runOf({ label: { run } }: Curve): string {
  const number = /^run (\d+)$/.exec(run)?.[1];
  return number === undefined ? run : tr("run {number}", { number });
}

/** The plot in one sentence. */
export function description({ title, curves, settings }: Pick<Picture, "title" | "curves" | "settings">): string {
  const latest = curves.map(
    (curve) =>
      `${curve.label.tag}, ${runOf(curve)}: ` +
      tr("{count} points, latest {value}", {
        count: withThousands(curve.length),
        value: formatValue(curve.values[curve.length - 1] ?? Number.NaN),
      }),
  );
  return tr("Line plot of {title} over {axis}. {latest}.", {
    title,
    axis: horizontalTitle(settings.axis),
    latest: latest.join("; ") || tr("No values yet"),
  });
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
