/** Hides the static picture of a widget while the widget itself is alive on the page. */

const AREAS = ":is(.jp-OutputArea, .output_area, .cell-output, .output_container)";
const OUTPUTS = ":is(.jp-OutputArea-child, .output)";

/**
 * Hides, as long as `element` stands on the page, the output beside it whose image or SVG carries the picture's id.
 *
 * A rule of style, no code that looks for the picture: outputs come in any order, are drawn again, and are moved
 * before or after the view appears, and a rule holds at each of these moments.
 */
export function hidePicture(element: HTMLElement, pictureId: string, signal: AbortSignal): void {
  if (pictureId === "") return;
  element.dataset["labextPicture"] = pictureId;
  const style = document.createElement("style");
  style.textContent = hidingRule(pictureId);
  element.append(style);
  signal.addEventListener("abort", () => {
    style.remove();
    delete element.dataset["labextPicture"];
  });
}

/** Other notebooks on the same page may use the same id: the rule reaches no further than the view's own output area. */
export function hidingRule(pictureId: string): string {
  const id = CSS.escape(pictureId);
  const mark = encodeURIComponent(`id="${pictureId}"`);
  const pictures = [`img[src^="data:image/svg+xml"][src*="${mark}"]`, `svg#${id}`].join(", ");
  const area = `${AREAS}:has([data-labext-picture="${id}"])`;
  return `${area} ${OUTPUTS}:has(${pictures}):not(:has([data-labext-picture])) { display: none !important; }`;
}
