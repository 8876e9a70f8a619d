/** Hides the static picture of a widget while the widget itself is alive on the page. */

const AREAS = ".jp-OutputArea, .output_area, .cell-output, .output_container";

/**
 * Finds the output beside `element` whose image or SVG carries the picture's id, hides it, and keeps
 * doing so while outputs come and go. When the signal aborts the picture is shown again.
 */
export function hidePicture(element: HTMLElement, pictureId: string, signal: AbortSignal): void {
  if (pictureId === "") return;
  // A view is often rendered before it stands on the page; then its first layout tells.
  const arrival = new ResizeObserver(() => {
    const area = element.closest(AREAS);
    if (area === null) return;
    arrival.disconnect();
    if (!signal.aborted) hideWithin(area, element, pictureId, signal);
  });
  arrival.observe(element);
  signal.addEventListener("abort", () => arrival.disconnect());
}

function hideWithin(area: Element, element: HTMLElement, pictureId: string, signal: AbortSignal): void {
  const hidden = new Set<HTMLElement>();

  const hide = (): void => {
    for (const picture of area.querySelectorAll<HTMLElement>("img, svg")) {
      if (element.contains(picture) || !isPicture(picture, pictureId)) continue;
      const output = picture.closest<HTMLElement>(".jp-OutputArea-child, .output") ?? picture;
      if (output.contains(element) || output.style.display === "none") continue;
      output.style.display = "none";
      hidden.add(output);
    }
  };

  const observer = new MutationObserver(hide);
  observer.observe(area, { childList: true, subtree: true, attributes: true, attributeFilter: ["src"] });
  hide();
  signal.addEventListener("abort", () => {
    observer.disconnect();
    for (const output of hidden) output.style.removeProperty("display");
  });
}

function isPicture(element: Element, pictureId: string): boolean {
  if (element instanceof HTMLImageElement) {
    const quoted = `id="${pictureId}"`;
    return element.src.startsWith("data:image/svg+xml") && decodedSource(element.src).includes(quoted);
  }
  return element.id === pictureId;
}

function decodedSource(source: string): string {
  const comma = source.indexOf(",");
  const body = source.slice(comma + 1);
  // The mark stands in the first tag: no need to decode a large picture whole.
  return source.slice(0, comma).endsWith(";base64")
    ? atob(body.slice(0, 1024))
    : decodeURIComponent(body.slice(0, 1024).replace(/%[0-9a-f]?$/i, ""));
}
