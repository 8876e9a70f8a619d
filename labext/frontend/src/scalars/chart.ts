/** Draws a scene with uPlot and tells where the user points and zooms. */
import uPlot from "uplot";
import { horizontalLabel, horizontalTicks, verticalTicks } from "./axes.ts";
import { formatTick } from "./format.ts";
import { drawMarks } from "./marks.ts";
import { colourOf } from "./palette.ts";
import { shifted, type Scene, type Settings, type Zoom } from "./scene.ts";
import { themeAt, type Theme } from "./theme.ts";

const HEIGHT_PX = 280;
const [LINE_PX, FAINT_PX, SMOOTHED_PX] = [1.75, 1.25, 2];
const RAW_ALPHA = 0.3;
const MIN_LABELS_PX = 56;
const LARGEST_ALONE_COUNT = 40;

/** What the chart reports. */
export interface ChartEvents {
  onZoom(zoom: Zoom | null): void;
  /** The place of the cursor along the horizontal axis; null when it leaves. `isTold`: not the user put it there. */
  onPoint(x: number | null, isTold: boolean): void;
}

/** The canvas with its axes. */
export class Chart {
  readonly #element: HTMLElement;
  readonly #events: ChartEvents;
  #plot: uPlot | null = null;
  #width = 0;
  #shape = "";
  #scene: Scene = { x: { from: 0, to: 1 }, y: { from: 0, to: 1 }, traces: [] };
  #colours: readonly number[] = [];
  #settings: Settings | null = null;
  #theme: Theme;
  /** While the cursor is put by others, nobody is told. */
  #isTold = false;

  constructor(element: HTMLElement, events: ChartEvents) {
    this.#element = element;
    this.#events = events;
    this.#theme = themeAt(element);
  }

  /** What is in view. */
  get window(): Zoom {
    return { x: this.#scene.x, y: this.#scene.y };
  }

  /** Width of the whole in pixels, 0 while it has no place; to ask the page in each frame would have it laid out twice. */
  get width(): number {
    return (this.#width ||= this.#element.clientWidth);
  }

  /** Width of the part with the curves. */
  get columns(): number {
    return Math.max(50, this.width - 70);
  }

  /** Draws; `colours` are places in the palette, one for each trace. */
  draw(scene: Scene, colours: readonly number[], settings: Settings): void {
    const shape = `${scene.traces.length} ${settings.isLogX} ${settings.isLogY} ${settings.smoothing > 0}`;
    [this.#scene, this.#colours, this.#settings] = [scene, colours, settings];
    if (shape !== this.#shape || this.#plot === null) {
      this.#shape = shape;
      this.#plot?.destroy();
      this.#plot = new uPlot(this.#options(settings), [[]], this.#element);
    }
    this.#fitWidths(this.#plot);
    this.#plot.setData(this.#data());
  }

  /** Without a GPU a broad line through more points than pixels takes ten times as long as one of a pixel's width. */
  #fitWidths(plot: uPlot): void {
    const widths = this.#settings?.smoothing ? [FAINT_PX, SMOOTHED_PX] : [LINE_PX];
    plot.series.slice(1).forEach((series, place) => {
      const count = this.#scene.traces[Math.floor(place / widths.length)]?.raw.x.length ?? 0;
      series.width = count > 2 * this.columns ? 1 / devicePixelRatio : widths[place % widths.length] ?? LINE_PX;
    });
  }

  /** Puts the cursor at a place along the horizontal axis, as if the user pointed there; null takes it away. */
  pointTo(x: number | null): void {
    const plot = this.#plot;
    if (!plot) return;
    this.#isTold = true;
    plot.setCursor({ left: x === null ? -10 : plot.valToPos(x, "x"), top: plot.height / 2 });
    this.#isTold = false;
  }

  /** Takes the theme that holds now. */
  refreshTheme(): void {
    this.#theme = themeAt(this.#element);
    this.#plot?.redraw(false, true);
  }

  /** Fits the element's width. */
  resize(): void {
    this.#width = this.#element.clientWidth;
    this.#plot?.setSize({ width: this.#width, height: HEIGHT_PX });
  }

  destroy(): void {
    this.#plot?.destroy();
  }

  #data(): uPlot.AlignedData {
    const lines = this.#scene.traces.flatMap(({ raw, smoothed }) => (smoothed ? [raw, smoothed] : [raw]));
    const [first] = lines;
    if (first === undefined) return [[]];
    // Joining sorts the places of all points anew.
    return lines.length === 1 ? [first.x, first.y] : uPlot.join(lines.map((line): uPlot.AlignedData => [line.x, line.y]));
  }

  #options(settings: Settings): uPlot.Options {
    return {
      width: this.width,
      height: HEIGHT_PX,
      legend: { show: false },
      padding: [10, 16, 0, 0],
      scales: {
        x: { time: false, distr: settings.isLogX ? 3 : 1, range: () => [this.#scene.x.from, this.#scene.x.to] },
        y: { distr: settings.isLogY ? 3 : 1, range: () => [this.#scene.y.from, this.#scene.y.to] },
      },
      axes: [this.#horizontalAxis(), this.#verticalAxis()],
      series: [{}, ...this.#scene.traces.flatMap((_trace, index) => this.#seriesOf(index, settings))],
      cursor: {
        drag: { x: true, y: true, uni: 24, setScale: false },
        points: { size: 7 },
        bind: {
          dblclick: () => () => (this.#events.onZoom(null), null),
          mousedown: (plot, _target, select) => (event) => (isForPanning(event) ? this.#pan(plot, event) : select(event)),
        },
      },
      hooks: {
        setSelect: [(plot) => this.#zoomToSelection(plot)],
        setCursor: [(plot) => this.#events.onPoint(placeOfCursor(plot), this.#isTold)],
        draw: [(plot) => this.#drawMarks(plot)],
      },
    };
  }

  #seriesOf(index: number, settings: Settings): uPlot.Series[] {
    const stroke = (): string => this.#colourOf(index);
    const points = {
      size: 6,
      fill: stroke,
      show: (): boolean => (this.#scene.traces[index]?.raw.x.length ?? 0) <= LARGEST_ALONE_COUNT,
    };
    const line: uPlot.Series = { stroke, width: LINE_PX, points };
    if (settings.smoothing === 0) return [line];
    return [{ ...line, alpha: RAW_ALPHA, width: FAINT_PX }, { ...line, width: SMOOTHED_PX, points: { show: false } }];
  }

  #horizontalAxis(): uPlot.Axis {
    return {
      ...this.#inks(),
      size: 34,
      splits: (plot) => {
        const { axis, isLogX } = this.#settings ?? { axis: "step", isLogX: false };
        return horizontalTicks(axis, this.#scene.x, isLogX, Math.max(2, plot.width / 95));
      },
      values: (_plot, places) => places.map((place) => horizontalLabel(this.#settings?.axis ?? "step", place)),
    };
  }

  #verticalAxis(): uPlot.Axis {
    return {
      ...this.#inks(),
      size: (_plot, labels) => widthOf(labels),
      splits: () => verticalTicks(this.#scene.y, this.#settings?.isLogY ?? false, HEIGHT_PX / 50),
      values: (_plot, places) => places.map(formatTick),
    };
  }

  #inks(): uPlot.Axis {
    const rule = (): string => this.#theme.rule;
    return {
      stroke: () => this.#theme.ink,
      font: "12px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif",
      grid: { stroke: rule, width: 1 },
      ticks: { stroke: rule, width: 1, size: 5 },
      filter: (_plot, places) => places,
    };
  }

  /** Moves the window with the mouse until its button is let go. */
  #pan(plot: uPlot, start: MouseEvent): null {
    start.preventDefault();
    const { x, y } = this.#scene;
    const { width, height } = plot.over.getBoundingClientRect();
    const life = new AbortController();
    const move = (event: MouseEvent): void => {
      const [right, down] = [(event.clientX - start.clientX) / width, (event.clientY - start.clientY) / height];
      const { isLogX = false, isLogY = false } = this.#settings ?? {};
      this.#events.onZoom({ x: shifted(x, -right, isLogX), y: shifted(y, down, isLogY) });
    };
    document.addEventListener("mousemove", move, { signal: life.signal });
    document.addEventListener("mouseup", () => life.abort(), { signal: life.signal });
    return null;
  }

  #zoomToSelection(plot: uPlot): void {
    const { left, top, width, height } = plot.select;
    if (width < 4 && height < 4) return;
    const x = { from: plot.posToVal(left, "x"), to: plot.posToVal(left + width, "x") };
    const y = { from: plot.posToVal(top + height, "y"), to: plot.posToVal(top, "y") };
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#events.onZoom({ x, y });
  }

  #drawMarks(plot: uPlot): void {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width + 6 * devicePixelRatio, bbox.height);
    ctx.clip();
    this.#scene.traces.forEach((trace, index) => drawMarks(plot, trace, this.#colourOf(index), this.#theme.background));
    ctx.restore();
  }

  #colourOf(trace: number): string {
    return colourOf(this.#colours[trace] ?? trace, this.#theme.isDark);
  }
}

/** Alt or the middle button; the plain left one draws a box to zoom to, and Shift selects cells of the notebook. */
function isForPanning(event: MouseEvent): boolean {
  return event.button === 1 || event.altKey;
}

/** Room for the longest label; labels are drawn in digits of nearly equal width. */
function widthOf(labels: readonly string[] | null): number {
  return Math.max(MIN_LABELS_PX, 20 + 7 * Math.max(0, ...(labels ?? []).map((label) => label.length)));
}

function placeOfCursor(plot: uPlot): number | null {
  const { left } = plot.cursor;
  return left === undefined || left === null || left < 0 ? null : plot.posToVal(left, "x");
}
