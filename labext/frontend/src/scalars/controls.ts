/** The row of controls under the plot. */
import { type Message, tr } from "../language/language.ts";
import type { Axis } from "./curve.ts";
import { element } from "./dom.ts";
import type { Settings } from "./scene.ts";

const AXIS_NAMES: readonly (readonly [Axis, Message])[] = [
  ["step", "Step"],
  ["relative", "Relative"],
  ["wall", "Wall"],
];
const LARGEST_SMOOTHING = 0.99;

/** What the user can ask for. */
export interface ControlEvents {
  onSettings(change: Partial<Settings>): void;
  onResetZoom(): void;
  onTable(isOpen: boolean): void;
  onDownload(format: Format): void;
}

/** File formats of the download. */
export type Format = "csv" | "json" | "png" | "svg";

const FORMATS: readonly Format[] = ["csv", "json", "png", "svg"];

/** The controls; `show` sets them to the present settings. */
export class Controls {
  readonly root: HTMLElement;
  readonly #smoothing: HTMLInputElement;
  readonly #smoothingText: HTMLElement;
  readonly #axes: ReadonlyMap<Axis, HTMLButtonElement>;
  readonly #logX: HTMLButtonElement;
  readonly #logY: HTMLButtonElement;
  readonly #outliers: HTMLButtonElement;
  readonly #reset: HTMLButtonElement;

  constructor(events: ControlEvents) {
    this.#smoothing = element("input", { type: "range", min: "0", max: String(LARGEST_SMOOTHING), step: "0.01" });
    this.#smoothingText = element("span", { class: "gl-plot-number" });
    this.#smoothing.addEventListener("input", () => events.onSettings({ smoothing: this.#smoothing.valueAsNumber }));

    this.#axes = new Map(
      AXIS_NAMES.map(([axis, name]) => [axis, button(tr(name), tr("Horizontal axis: {name}", { name: tr(name) }), () => events.onSettings({ axis }))]),
    );
    this.#logX = toggle(tr("log x"), tr("Logarithmic horizontal axis"), (isLogX) => events.onSettings({ isLogX }));
    this.#logY = toggle(tr("log y"), tr("Logarithmic vertical axis"), (isLogY) => events.onSettings({ isLogY }));
    this.#outliers = toggle(tr("Ignore outliers"), tr("Fit the vertical axis to all but the most extreme values"), (ignoresOutliers) =>
      events.onSettings({ ignoresOutliers }),
    );
    this.#reset = button(tr("Reset zoom"), tr("Show all points again (double click)"), events.onResetZoom);
    const table = toggle(tr("Table"), tr("Show the curves as a table"), (isOpen) => {
      press(table, isOpen);
      events.onTable(isOpen);
    });

    this.root = element(
      "div",
      { class: "gl-plot-controls", role: "toolbar", "aria-label": tr("Plot settings") },
      element("label", { class: "gl-plot-field" }, tr("Smoothing"), this.#smoothing, this.#smoothingText),
      element("div", { class: "gl-plot-group", role: "group", "aria-label": tr("Horizontal axis") }, ...this.#axes.values()),
      element("div", { class: "gl-plot-group", role: "group", "aria-label": tr("Logarithmic axes") }, this.#logX, this.#logY),
      this.#outliers,
      this.#reset,
      element("div", { class: "gl-plot-end" }, table, downloadMenu(events.onDownload)),
    );
  }

  show(settings: Settings, isZoomed: boolean): void {
    // Set even to what it is, it would have the browser look at all forms of the page.
    if (this.#smoothing.valueAsNumber !== settings.smoothing) this.#smoothing.value = String(settings.smoothing);
    this.#smoothingText.textContent = settings.smoothing.toFixed(2);
    for (const [axis, made] of this.#axes) press(made, axis === settings.axis);
    press(this.#logX, settings.isLogX);
    press(this.#logY, settings.isLogY);
    press(this.#outliers, settings.ignoresOutliers);
    this.#reset.hidden = !isZoomed;
  }
}

function button(text: string, title: string, onClick: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", class: "gl-plot-button", title }, text);
  made.addEventListener("click", onClick);
  return made;
}

function toggle(text: string, title: string, onToggle: (isOn: boolean) => void): HTMLButtonElement {
  const made = button(text, title, () => onToggle(made.getAttribute("aria-pressed") !== "true"));
  press(made, false);
  return made;
}

function press(made: HTMLButtonElement, isOn: boolean): void {
  made.setAttribute("aria-pressed", String(isOn));
}

function downloadMenu(onDownload: (format: Format) => void): HTMLElement {
  const menu = element(
    "details",
    { class: "gl-plot-menu" },
    element("summary", { class: "gl-plot-button", title: tr("Save the points or the picture") }, tr("Download")),
  );
  const choices = FORMATS.map((format) =>
    button(format.toUpperCase(), tr("Download as {format}", { format: format.toUpperCase() }), () => {
      menu.open = false;
      onDownload(format);
    }),
  );
  menu.append(element("div", { class: "gl-plot-choices" }, ...choices));
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && menu.contains(event.relatedTarget)) return;
    menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") menu.open = false;
  });
  return menu;
}
