/** Makes elements; text is always set as text. */

type Attributes = Readonly<Record<string, string>>;

export function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function makeButton(text: string, title: string, onClick: () => void): HTMLButtonElement {
  const button = make("button", { type: "button", title }, text);
  if (title !== "") button.setAttribute("aria-label", title);
  button.addEventListener("click", onClick);
  return button;
}
