/** Entry of the graph view's bundle: anywidget calls `initialize` once, `render` for each view. */

import { speak } from "../language/language.ts";
import { readViewState, type ViewState } from "../protocol/view_state.ts";
import { keepArrowKeys } from "../sync/arrow_keys.ts";
import { subscribe } from "../sync/channel.ts";
import { listen, type WidgetModel } from "../sync/model.ts";
import { hidePicture } from "../sync/picture.ts";
import { GraphView } from "./controller/graph_view.ts";
import { addStyles } from "./controller/styles.ts";
import { GraphModel } from "./model/graph_model.ts";
import { Inbox } from "./model/inbox.ts";
import { Runs } from "./overlay/overlay.ts";

interface Scope {
  readonly model: WidgetModel;
  readonly signal?: AbortSignal;
}

/** Dragging edits the state at every move; Python hears of it when that pauses. */
const TELL_AFTER_MS = 150;

/** Made anew for each widget, so that its views share the graph. */
export default function graphView(): {
  initialize(scope: Scope): () => void;
  render(scope: Scope & { readonly el: HTMLElement }): () => void;
} {
  const graph = new GraphModel();
  const inbox = new Inbox(graph);
  const views = new Set<GraphView>();
  const runs = new Runs();
  let problem = "";

  const show = (view: GraphView): void => {
    if (problem === "") view.setGraph(graph);
    else view.showNotice(problem);
  };

  return {
    initialize({ model }) {
      const life = new AbortController();
      const sink = {
        reset: (): void => undefined,
        apply: (_header: unknown, buffers: readonly DataView[]): void =>
          inbox.take(buffers, (trouble) => {
            problem = trouble;
            for (const view of views) show(view);
          }, life.signal),
      };
      subscribe(model, "graph", sink, life.signal);
      runs.follow(model, life.signal);
      return () => life.abort();
    },
    render({ model, el }) {
      const life = new AbortController();
      speak(String(model.get("language") ?? ""));
      addStyles(el);
      keepArrowKeys(el, life.signal);
      const line = new StateLine(model, life.signal);
      const view = new GraphView(el, (state) => line.tell(state), life.signal);
      views.add(view);
      view.setState(readViewState(model.get("state")));
      // Before the first message nothing is known of the graph, not even that it is empty.
      if (graph.nodes.length > 0 || problem !== "") show(view);
      runs.show(view, (command) => model.send({ run_command: command }), life.signal);
      const follow = (): void => {
        const state = line.read();
        if (state) view.setState(state);
      };
      listen(model, "change:state", follow, life.signal);
      hidePicture(el, String(model.get("picture_id") ?? ""), life.signal);
      Object.assign(view.element, { labextView: view });
      return () => {
        views.delete(view);
        life.abort();
      };
    },
  };
}

/** What this view tells Python of its state, and what comes back of that. */
class StateLine {
  readonly #model: WidgetModel;
  readonly #sent = new Set<string>();
  #timer = 0;

  constructor(model: WidgetModel, signal: AbortSignal) {
    this.#model = model;
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  /** Sends by message: syncing a trait from the page can block a kernel that is busy. */
  tell(state: ViewState): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#sent.add(JSON.stringify(readViewState(state)));
      this.#model.send({ state });
    }, TELL_AFTER_MS);
  }

  /** Python's state, unless it is what this view said: the user may have gone on since. */
  read(): ViewState | null {
    const state = readViewState(this.#model.get("state"));
    return this.#sent.delete(JSON.stringify(state)) ? null : state;
  }
}
