/** One view of the plot on the page: heading, chart, legend, controls, table. */
import uplotStyle from "uplot/dist/uPlot.min.css";
import { hidePicture } from "../sync/picture.ts";
import type { WidgetModel } from "../sync/model.ts";
import { Chart } from "./chart.ts";
import { Controls } from "./controls.ts";
import type { Curve } from "./curve.ts";
import type { Curves } from "./curves.ts";
import { element, setText } from "./dom.ts";
import { download } from "./download.ts";
import { formatValue, withThousands } from "./format.ts";
import { Legend } from "./legend.ts";
import { colourOf } from "./palette.ts";
import { description, type Picture } from "./picture.ts";
import { layOut, type Smooth, type Zoom } from "./scene.ts";
import { changeSettings, onSettingsChange, settingsOf } from "./settings.ts";
import { Smoothing } from "./smooth.ts";
import style from "./style.css";
import { fillTable } from "./table.ts";
import { onThemeChange, themeAt } from "./theme.ts";

const REST_MS = 500;

/** Shows the curves in `host` until the signal aborts. */
export function showPlot(model: WidgetModel, curves: Curves, host: HTMLElement, signal: AbortSignal): void {
  const hidden = new Set<Curve>();
  const smoothings = new Map<Curve, Smoothing>();
  let zoom: Zoom | null = null;
  let pointedAt: number | null = null;
  let frame = 0;
  let restTimer = 0;

  const title = element("h3", { class: "gl-plot-title" });
  const latest = element("div", { class: "gl-plot-latest" });
  const notice = element("p", { class: "gl-plot-notice", role: "alert" });
  const canvas = element("div", { class: "gl-plot-chart", role: "img" });
  const table = element("table", { class: "gl-plot-table gl-plot-aside" });
  const chart = new Chart(canvas, {
    onZoom: (next) => {
      zoom = next;
      requestDraw();
    },
    onPoint: (x) => {
      if (x === pointedAt) return;
      pointedAt = x;
      showLegend();
    },
  });
  const legend = new Legend((curve) => {
    if (!hidden.delete(curve)) hidden.add(curve);
    requestDraw();
  });
  const controls = new Controls({
    onSettings: (change) => {
      if (change.axis !== undefined || change.isLogX !== undefined) zoom = null;
      changeSettings(model, change);
    },
    onResetZoom: () => {
      zoom = null;
      requestDraw();
    },
    onTable: (isOpen) => {
      table.classList.toggle("gl-plot-aside", !isOpen);
      showAtRest();
    },
    onDownload: (format) => void download(format, picture()),
  });
  const root = element(
    "section",
    { class: "gl-plot" },
    element("style", {}, uplotStyle, style),
    element("header", { class: "gl-plot-header" }, title, latest),
    notice,
    canvas,
    legend.root,
    controls.root,
    table,
  );

  const smooth: Smooth = (curve) => {
    const { smoothing } = settingsOf(model);
    const known = smoothings.get(curve);
    const current = known?.weight === smoothing ? known : new Smoothing(smoothing);
    smoothings.set(curve, current);
    return current.extendTo(curve.values);
  };
  const tags = (): string[] => [...new Set(curves.all.map((curve) => curve.label.tag))];
  const heading = (): string => String(model.get("title") || tags().join(", ") || "Waiting for values");
  const visible = (): Curve[] => curves.all.filter((curve) => !hidden.has(curve));
  const coloursOf = (shown: readonly Curve[]): number[] => shown.map((curve) => curves.all.indexOf(curve));
  const picture = (): Picture => ({
    id: String(model.get("picture_id")),
    title: heading(),
    curves: visible(),
    colours: coloursOf(visible()),
    settings: settingsOf(model),
    zoom,
    widthPx: Math.max(480, canvas.clientWidth),
    heightPx: 360,
  });

  const showLegend = (): void => {
    const { isDark } = themeAt(root);
    const settings = settingsOf(model);
    legend.show({
      title: heading(),
      curves: curves.all,
      colours: curves.all.map((_curve, index) => colourOf(index, isDark)),
      hidden,
      axis: settings.axis,
      at: pointedAt,
      smooth: settings.smoothing > 0 ? smooth : null,
    });
  };

  const showLatest = (): void => {
    const newest = new Map(visible().map((curve) => [curve.label.tag, curve]));
    const isDark = themeAt(root).isDark;
    const readings = [...newest.values()].map((curve) => {
      const value = element("span", { class: "gl-plot-value" }, formatValue(curve.values.at(-1) ?? Number.NaN, 5));
      if (newest.size > 1) value.style.color = colourOf(curves.all.indexOf(curve), isDark);
      return element("span", { class: "gl-plot-reading", title: curve.label.tag }, value);
    });
    const step = Math.max(-1, ...[...newest.values()].map((curve) => curve.steps.at(-1) ?? -1));
    const caption = step < 0 ? "" : `step ${withThousands(step)}`;
    latest.replaceChildren(...readings, element("span", { class: "gl-plot-caption" }, caption));
  };

  const showAtRest = (): void => {
    restTimer = 0;
    fillTable(table, curves.all);
    canvas.setAttribute("aria-label", description(picture()));
  };

  const draw = (): void => {
    frame = 0;
    if (canvas.clientWidth === 0) return;
    const settings = settingsOf(model);
    const shown = visible();
    chart.draw(layOut(shown, settings, zoom, chart.columns, smooth), coloursOf(shown), settings);
    controls.show(settings, zoom !== null);
    setText(title, heading());
    setText(notice, String(model.get("notice")));
    notice.hidden = model.get("notice") === "";
    showLatest();
    showLegend();
    Object.assign(root.dataset, {
      points: String(curves.pointCount),
      curves: String(curves.all.length),
      state: curves.pointCount > 0 ? "drawn" : "waiting",
      zoomed: String(zoom !== null),
    });
    restTimer ||= setTimeout(showAtRest, REST_MS) as unknown as number;
  };

  const requestDraw = (): void => {
    frame ||= requestAnimationFrame(draw);
  };

  host.append(root);
  const observer = new ResizeObserver(() => {
    chart.resize();
    requestDraw();
  });
  observer.observe(canvas);
  curves.onChange(requestDraw, signal);
  onSettingsChange(model, requestDraw, signal);
  onThemeChange(() => {
    chart.refreshTheme();
    requestDraw();
  }, signal);
  hidePicture(host, String(model.get("picture_id")), signal);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
    clearTimeout(restTimer);
    chart.destroy();
    root.remove();
  });
  requestDraw();
}
