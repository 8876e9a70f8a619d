/** The step that plots and graphs of one notebook look at together. */

const EVENT = "labext:step";

/** Tells the other views of the notebook which step this one looks at; null when it looks at the present again. */
export function tellStep(from: HTMLElement, step: number | null): void {
  from.dispatchEvent(new CustomEvent(EVENT, { bubbles: true, detail: step }));
}

/** Hears of it from the others until the signal aborts. */
export function hearStep(own: HTMLElement, onStep: (step: number | null) => void, signal: AbortSignal): void {
  const hear = (event: Event): void => {
    const { target } = event;
    if (!(event instanceof CustomEvent) || !(target instanceof HTMLElement) || own.contains(target)) return;
    // Notebooks lie on the same page, and each has steps of its own.
    if (notebookOf(target) === notebookOf(own)) onStep(typeof event.detail === "number" ? event.detail : null);
  };
  document.addEventListener(EVENT, hear, { signal });
}

function notebookOf(element: HTMLElement): Element {
  return element.closest(".jp-NotebookPanel, #notebook") ?? document.body;
}
