/** Whether an element is on the screen: what nobody sees need not be painted. */

/** Margin around the screen that counts as seen, so that scrolling meets a finished picture. */
const MARGIN = "200px";

/** Tells whether the element is on the screen; calls back when it returns, until the signal aborts. */
export function watchScreen(element: Element, onReturn: () => void, signal: AbortSignal): () => boolean {
  let isOnScreen = true;
  const observer = new IntersectionObserver(
    (entries) => {
      const wasOnScreen = isOnScreen;
      isOnScreen = entries.at(-1)?.isIntersecting ?? true;
      if (isOnScreen && !wasOnScreen) onReturn();
    },
    { rootMargin: MARGIN },
  );
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  return () => isOnScreen;
}
