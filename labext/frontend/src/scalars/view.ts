/** One view of the plot on the page: heading, chart, legend, controls, table. */
import { tr } from "../language/language.ts";
import uplotStyle from "uplot/dist/uPlot.min.css";
import { Follower } from "../sync/follower.ts";
import { hidePicture } from "../sync/picture.ts";
import type { WidgetModel } from "../sync/model.ts";
import { watchScreen } from "../sync/on_screen.ts";
import { hearStep, tellStep } from "../sync/step_cursor.ts";
import { Chart } from "./chart.ts";
import { Controls } from "./controls.ts";
import type { Curve } from "./curve.ts";
import type { Curves } from "./curves.ts";
import { element, setText } from "./dom.ts";
import { download } from "./download.ts";
import { Heading } from "./heading.ts";
import { CHART_KEYS, placeFor, windowFor } from "./keys.ts";
import { Legend } from "./legend.ts";
import { colourOf } from "./palette.ts";
import { description, type Picture } from "./picture.ts";
import { layOut, type Settings, type Smooth, type Zoom } from "./scene.ts";
import { changeSettings, onSettingsChange, settingsOf } from "./settings.ts";
import { Smoothings } from "./smooth.ts";
import style from "./style.css";
import { fillTable } from "./table.ts";
import { isDarkTheme, onThemeChange } from "./theme.ts";

/** After the last drawing, and in a loop from one to the next, the texts for screen readers follow. */
const [REST_MS, AT_LEAST_EACH_MS] = [1000, 5000];
const PICTURE_HEIGHT_PX = 360;
const SMALLEST_PICTURE_WIDTH_PX = 480;

/** Shows the curves in `host` until the signal aborts. */
export function showPlot(model: WidgetModel, curves: Curves, host: HTMLElement, signal: AbortSignal): void {
  const view = new PlotView(model, curves);
  host.append(view.root);
  view.live(signal);
  hidePicture(host, String(model.get("picture_id")), signal);
}

class PlotView {
  readonly root: HTMLElement;
  readonly #model: WidgetModel;
  readonly #curves: Curves;
  readonly #hidden = new Set<Curve>();
  readonly #smoothings = new Smoothings();
  readonly #heading = new Heading();
  readonly #notice = element("p", { class: "gl-plot-notice", role: "alert" });
  readonly #canvas = element("div", { class: "gl-plot-chart", role: "img", tabindex: "0", "aria-description": tr(CHART_KEYS) });
  readonly #table = element("table", { class: "gl-plot-table gl-plot-aside" });
  readonly #chart: Chart;
  readonly #legend: Legend;
  readonly #controls: Controls;
  #zoom: Zoom | null = null;
  #pointedAt: number | null = null;
  #frame = 0;
  #isOnScreen = (): boolean => true;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #toldMs = 0;

  constructor(model: WidgetModel, curves: Curves) {
    [this.#model, this.#curves] = [model, curves];
    this.#legend = new Legend((curve) => this.#toggle(curve));
    this.#controls = new Controls({
      onSettings: (change) => this.#change(change),
      onResetZoom: () => this.#zoomTo(null),
      onTable: (isOpen) => this.#openTable(isOpen),
      onDownload: (format) => void download(format, this.#picture()),
    });
    this.root = element(
      "section",
      { class: "gl-plot" },
      element("style", {}, uplotStyle, style),
      this.#heading.root,
      this.#notice,
      this.#canvas,
      element("div", { class: "gl-plot-scroll" }, this.#legend.root),
      this.#controls.root,
      element("div", { class: "gl-plot-scroll" }, this.#table),
    );
    this.#chart = new Chart(this.#canvas, {
      onZoom: (zoom) => this.#zoomTo(zoom),
      onPoint: (x, isTold) => this.#pointAt(x, isTold),
    });
  }

  /** Follows curves, settings, theme and width until the signal aborts. */
  live(signal: AbortSignal): void {
    const requestDraw = (): void => this.#requestDraw();
    const follower = new Follower(requestDraw);
    this.#curves.onChange(() => follower.call(), signal);
    onSettingsChange(this.#model, requestDraw, signal);
    onThemeChange(() => {
      this.#chart.refreshTheme();
      // Not a frame later than the curves.
      this.#draw();
    }, signal);
    hearStep(this.root, (step) => settingsOf(this.#model).axis === "step" && this.#chart.pointTo(step), signal);
    this.#canvas.addEventListener("keydown", (event) => this.#handleKey(event), { signal });
    this.#isOnScreen = watchScreen(this.#canvas, requestDraw, signal);
    const observer = new ResizeObserver(() => {
      // A plot is made before it is put into the page, where alone it has colours.
      this.#chart.refreshTheme();
      this.#chart.resize();
      requestDraw();
    });
    observer.observe(this.#canvas);
    signal.addEventListener("abort", () => {
      observer.disconnect();
      follower.stop();
      cancelAnimationFrame(this.#frame);
      clearTimeout(this.#restTimer);
      this.#chart.destroy();
      this.root.remove();
    });
    requestDraw();
  }

  /** Merges all changes until the next frame into one drawing. */
  #requestDraw(): void {
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#frame = 0;
    if (this.#chart.width === 0) return;
    const settings = settingsOf(this.#model);
    if (this.#isOnScreen()) {
      const shown = this.#visible();
      const scene = layOut(shown, settings, this.#zoom, this.#chart.columns, this.#smooth);
      this.#chart.draw(scene, this.#places(shown), settings);
    }
    this.#controls.show(settings, this.#zoom !== null);
    this.#heading.show(this.#title(), this.#visible(), (curve) => this.#curves.all.indexOf(curve), isDarkTheme());
    const notice = String(this.#model.get("notice"));
    setText(this.#notice, notice);
    this.#notice.hidden = notice === "";
    this.#showLegend();
    this.#publishState();
    clearTimeout(this.#restTimer);
    const latestMs = this.#toldMs + AT_LEAST_EACH_MS - performance.now();
    this.#restTimer = setTimeout(() => this.#showAtRest(), Math.min(REST_MS, latestMs));
  }

  #showLegend(): void {
    const [isDark, settings] = [isDarkTheme(), settingsOf(this.#model)];
    this.#legend.show({
      title: this.#title(),
      curves: this.#curves.all,
      colours: this.#curves.all.map((_curve, index) => colourOf(index, isDark)),
      hidden: this.#hidden,
      axis: settings.axis,
      at: this.#pointedAt,
      smooth: settings.smoothing > 0 ? this.#smooth : null,
    });
  }

  /** What need not follow every batch: the texts for screen readers. */
  #showAtRest(): void {
    this.#toldMs = performance.now();
    fillTable(this.#table, this.#curves.all);
    this.#canvas.setAttribute("aria-label", description(this.#picture()));
  }

  /** For tests in a browser: they wait for these instead of for a time. */
  #publishState(): void {
    const { pointCount, all } = this.#curves;
    Object.assign(this.root.dataset, {
      points: String(pointCount),
      curves: String(all.length),
      state: pointCount > 0 ? "drawn" : "waiting",
      zoomed: String(this.#zoom !== null),
      window: JSON.stringify(this.#chart.window),
    });
  }

  #change(change: Partial<Settings>): void {
    if (change.axis !== undefined || change.isLogX !== undefined) this.#zoom = null;
    changeSettings(this.#model, change);
  }

  #zoomTo(zoom: Zoom | null): void {
    this.#zoom = zoom;
    this.#requestDraw();
  }

  #pointAt(x: number | null, isTold: boolean): void {
    if (x === this.#pointedAt) return;
    this.#pointedAt = x;
    this.#showLegend();
    this.root.dataset["at"] = x === null ? "" : String(Math.round(x));
    if (!isTold && settingsOf(this.#model).axis === "step") tellStep(this.root, x === null ? null : Math.round(x));
  }

  /** Moves the window, or the cursor along the newest curve on show. */
  #handleKey(event: KeyboardEvent): void {
    const { axis, isLogX } = settingsOf(this.#model);
    const window = windowFor(event.key, this.#chart.window, isLogX);
    const curve = this.#visible().at(-1);
    const x = curve ? placeFor(event, curve, axis, this.#pointedAt) : null;
    if (window) this.#zoomTo(window);
    else if (x !== null) this.#putCursor(x);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #putCursor(x: number): void {
    this.#chart.pointTo(x);
    if (settingsOf(this.#model).axis === "step") tellStep(this.root, x);
  }

  #toggle(curve: Curve): void {
    if (!this.#hidden.delete(curve)) this.#hidden.add(curve);
    this.#requestDraw();
  }

  #openTable(isOpen: boolean): void {
    this.#table.classList.toggle("gl-plot-aside", !isOpen);
    this.#showAtRest();
  }

  readonly #smooth: Smooth = (curve) => this.#smoothings.extend(curve, settingsOf(this.#model).smoothing);

  #visible(): Curve[] {
    return this.#curves.all.filter((curve) => !this.#hidden.has(curve));
  }

  #places(shown: readonly Curve[]): number[] {
    return shown.map((curve) => this.#curves.all.indexOf(curve));
  }

  #title(): string {
    const tags = new Set(this.#curves.all.map((curve) => curve.label.tag));
    return String(this.#model.get("title") || [...tags].join(", ") || tr("Scalars"));
  }

  #picture(): Picture {
    const shown = this.#visible();
    return {
      id: String(this.#model.get("picture_id")),
      title: this.#title(),
      curves: shown,
      colours: this.#places(shown),
      settings: settingsOf(this.#model),
      zoom: this.#zoom,
      widthPx: Math.max(SMALLEST_PICTURE_WIDTH_PX, this.#chart.width),
      heightPx: PICTURE_HEIGHT_PX,
    };
  }
}
