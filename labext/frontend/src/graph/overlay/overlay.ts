/** Joins what Python tells of runs to the views of a graph, without ever asking for a new layout. */

import { type Sink, subscribe } from "../../sync/channel.ts";
import { Follower } from "../../sync/follower.ts";
import type { WidgetModel } from "../../sync/model.ts";
import { hearStep, tellStep } from "../../sync/step_cursor.ts";
import type { GraphView } from "../controller/graph_view.ts";
import { make } from "../controller/elements.ts";
import type { DisplayItem } from "../displaylist/items.ts";
import type { Picture } from "../graph_picture.ts";
import type { Item } from "../scopes/items.ts";
import { History } from "./history.ts";
import { drawRuns } from "./marks.ts";
import { RunBar } from "./run_bar.ts";
import { fillRunCard, type RunCardActions } from "./run_card.ts";
import { RunState } from "./run_state.ts";
import { Scrubber } from "./scrubber.ts";
import styles from "./style.css";

/** Sends a command to Python. */
export type Command = (command: Readonly<Record<string, unknown>>) => void;

/** What all views of a widget know of its runs. */
export class Runs implements Sink {
  readonly state = new RunState();
  readonly history = new History(() => this.#refresh.call());
  readonly #views = new Set<ViewOverlay>();
  readonly #refresh = new Follower(() => {
    for (const view of this.#views) view.refresh();
  });

  reset(): void {}

  apply(header: unknown): void {
    this.state.apply(header);
    this.#refresh.call();
  }

  /** Follows the runs, and what is recorded of them, until the signal aborts. */
  follow(model: WidgetModel, signal: AbortSignal): void {
    subscribe(model, "runs", this, signal);
    subscribe(model, "history", this.history, signal);
    signal.addEventListener("abort", () => this.#refresh.stop());
  }

  /** Shows the runs in a view until the signal aborts. */
  show(view: GraphView, command: Command, signal: AbortSignal): void {
    const overlay = new ViewOverlay(view, this, command, signal);
    this.#views.add(overlay);
    signal.addEventListener("abort", () => this.#views.delete(overlay));
    view.setOverlay(overlay);
    overlay.refresh();
  }
}

class ViewOverlay {
  readonly #view: GraphView;
  readonly #state: RunState;
  readonly #bar: RunBar;
  readonly #scrubber: Scrubber;
  readonly #section = make("section", { class: "labext-run-card" });
  readonly #actions: RunCardActions;
  #node: string | null = null;
  #shownFailure = "";
  #items: readonly DisplayItem[] = [];
  #picture: Picture | null = null;
  #version = -1;

  constructor(view: GraphView, { state, history }: Runs, command: Command, signal: AbortSignal) {
    this.#view = view;
    this.#state = state;
    this.#scrubber = new Scrubber(history, (moment) => {
      this.#state.lookAt(moment);
      tellStep(view.element, moment?.step ?? null);
      this.refresh();
    });
    hearStep(view.element, (step) => {
      this.#state.lookAt(this.#scrubber.goTo(step));
      this.refresh();
    }, signal);
    this.#bar = new RunBar({
      select: (node) => view.select(node, true),
      stepBy: (nodes) => command({ do: "move", nodes }),
      stepTo: (position) => command({ do: "go", position }),
      runOn: () => command({ do: "run" }),
    }, this.#scrubber.element);
    this.#actions = {
      watch: (tensor, isWatched) => command({ do: isWatched ? "watch" : "unwatch", tensor }),
      breakAt: (node, condition) => command({ do: "break", node, ...condition }),
      removeBreak: (node) => command({ do: "unbreak", node }),
    };
    view.element.append(make("style", {}, styles));
    view.element.firstElementChild?.after(this.#bar.element);
  }

  /** What lies over the picture; made anew only when runs or picture have changed, not when the view is moved. */
  items(picture: Picture): readonly DisplayItem[] {
    if (picture !== this.#picture || this.#version !== this.#state.version) {
      // A failure may be told before the node that failed is in the picture.
      if (picture !== this.#picture) queueMicrotask(() => this.#selectFailed());
      [this.#picture, this.#version] = [picture, this.#state.version];
      this.#items = drawRuns(picture, this.#state);
    }
    return this.#items;
  }

  /** What the card says of an item's runs. */
  card(item: Item): HTMLElement | null {
    this.#node = item.node?.name ?? null;
    this.#fillCard();
    return this.#node === null ? null : this.#section;
  }

  refresh(): void {
    const { failure, version, runs, step } = this.#state;
    this.#scrubber.refresh(step);
    this.#bar.show(this.#state);
    this.#fillCard();
    this.#selectFailed();
    Object.assign(this.#view.element.dataset, { runs: String(runs), runsVersion: String(version), failed: failure?.node ?? "", lookedAt: String(this.#state.past?.step ?? "") });
    this.#view.requestFrame();
  }

  #fillCard(): void {
    this.#section.hidden = this.#state.runs === 0 && this.#state.stepping === null;
    if (this.#node !== null && !this.#section.hidden) fillRunCard(this.#section, this.#node, this.#state, this.#actions);
  }

  #selectFailed(): void {
    const { node = null, message = "" } = this.#state.failure ?? {};
    const key = node === null ? "" : `${node}\n${message}`;
    if (key === this.#shownFailure || (node !== null && !this.#picture?.scene.tree.get(node))) return;
    this.#shownFailure = key;
    if (node !== null) this.#view.select(node, true);
  }
}
