/** The view's rules of style, in the element that holds the view. */

import rules from "../style.css";

export function addStyles(element: HTMLElement): void {
  const style = document.createElement("style");
  style.textContent = rules;
  element.append(style);
}
