/** Entry of the training panel's bundle: anywidget calls `initialize` once, `render` for each view. */
import { speak } from "../language/language.ts";
import { keepArrowKeys } from "../sync/arrow_keys.ts";
import { subscribe } from "../sync/channel.ts";
import type { WidgetModel } from "../sync/model.ts";
import { Panel, type TrainingStatus } from "./panel.ts";

interface Scope {
  readonly model: WidgetModel;
  readonly signal?: AbortSignal;
}

/** Made anew for each widget, so that its views share what is known of the loop. */
export default function trainingPanel(): {
  initialize(scope: Scope): () => void;
  render(scope: Scope & { readonly el: HTMLElement }): () => void;
} {
  const panels = new Set<Panel>();
  let newest: TrainingStatus | null = null;
  return {
    initialize({ model }) {
      const life = new AbortController();
      const sink = {
        reset: (): void => undefined,
        apply: (header: unknown): void => {
          if (typeof header !== "object" || header === null || !("state" in header)) return;
          newest = header as TrainingStatus;
          for (const panel of panels) panel.show(newest);
        },
      };
      subscribe(model, "training", sink, life.signal);
      return () => life.abort();
    },
    render({ model, el }) {
      const life = new AbortController();
      speak(String(model.get("language") ?? ""));
      const panel = new Panel(model, life.signal);
      panels.add(panel);
      el.append(panel.root);
      keepArrowKeys(el, life.signal);
      if (newest) panel.show(newest);
      return () => {
        panels.delete(panel);
        life.abort();
      };
    },
  };
}
