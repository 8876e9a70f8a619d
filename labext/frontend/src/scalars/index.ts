/** Entry of the scalar plot's bundle: anywidget calls `initialize` once, `render` for each view. */
import { speak } from "../language/language.ts";
import { keepArrowKeys } from "../sync/arrow_keys.ts";
import { subscribe } from "../sync/channel.ts";
import type { WidgetModel } from "../sync/model.ts";
import { Curves } from "./curves.ts";
import { showPlot } from "./view.ts";

interface Scope {
  readonly model: WidgetModel;
  readonly signal?: AbortSignal;
}

/** Made anew for each widget, so that its views share the curves. */
export default function scalarPlot(): {
  initialize(scope: Scope): () => void;
  render(scope: Scope & { readonly el: HTMLElement }): () => void;
} {
  const curves = new Curves();
  return {
    initialize({ model }) {
      const life = new AbortController();
      subscribe(model, "scalars", curves, life.signal);
      return () => life.abort();
    },
    render({ model, el }) {
      const life = new AbortController();
      speak(String(model.get("language") ?? ""));
      showPlot(model, curves, el, life.signal);
      keepArrowKeys(el, life.signal);
      return () => life.abort();
    },
  };
}
