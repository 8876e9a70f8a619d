/** The keys that move sliders and choose from lists. */

/** Keeps them from the notebook, which would go from cell to cell instead, until the signal aborts. */
export function keepArrowKeys(element: HTMLElement, signal: AbortSignal): void {
  element.addEventListener("keydown", (event) => {
    const isInControl = event.target instanceof Element && event.target.matches("input, select");
    if (isInControl && event.key.startsWith("Arrow")) event.stopPropagation();
  }, { signal });
}
