/** Hides the static picture of a widget while the widget itself is alive on the page. */

const AREAS = ":is(.jp-OutputArea, .output_area, .cell-output, .output_container)";
const OUTPUTS = ":is(.jp-OutputArea-child, .output)";

let hidersMade = 0;

/**
 * Hides, as long as `element` stands on the page, the output beside it whose image or SVG carries the picture's id.
 *
 * A rule of style, no code that looks for the picture: outputs come in any order, are drawn again, and are moved
 * before or after the view appears, and a rule holds at each of these moments. Other notebooks on the same page may
 * use the same id: the rule reaches no further than the view's own output area. That one is marked by code, since
 * `:has()` above the views would be looked up again for every element that any of them adds.
 */
export function hidePicture(element: HTMLElement, pictureId: string, signal: AbortSignal): void {
  if (pictureId === "") return;
  const mark = `labext-hides-${++hidersMade}-${Math.random().toString(36).slice(2)}`;
  element.dataset["labextPicture"] = pictureId;
  const style = document.createElement("style");
  style.textContent = hidingRule(mark, pictureId);
  element.append(style);
  let area: Element | null = null;
  // Tells when the view has come onto the page.
  const observer = new ResizeObserver(() => {
    area?.classList.remove(mark);
    area = element.closest(AREAS);
    area?.classList.add(mark);
  });
  observer.observe(element);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    area?.classList.remove(mark);
    style.remove();
    delete element.dataset["labextPicture"];
  });
}

function hidingRule(mark: string, pictureId: string): string {
  const text = encodeURIComponent(`id="${pictureId}"`);
  const pictures = [`img[src^="data:image/svg+xml"][src*="${text}"]`, `svg#${CSS.escape(pictureId)}`].join(", ");
  return `.${mark} ${OUTPUTS}:has(${pictures}):not(:has([data-labext-picture])) { display: none !important; }`;
}
