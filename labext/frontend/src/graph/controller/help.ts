/** What the keys do, and what the mouse does, on a sheet over the graph. */

import { type Message, tr } from "../../language/language.ts";
import { make, makeButton } from "./elements.ts";
import { KEY_HELP } from "./keyboard.ts";

const MOUSE_HELP = [
  ["Double click", "open or close"],
  ["Drag", "move the picture"],
  ["Wheel", "zoom, after a click into the view or with Ctrl"],
] as const satisfies readonly (readonly [Message, Message])[];

export function makeHelp(close: () => void): HTMLElement {
  const list = make("dl");
  for (const [key, text] of KEY_HELP) list.append(make("dt", {}, make("kbd", {}, key)), make("dd", {}, tr(text)));
  for (const [gesture, text] of MOUSE_HELP) list.append(make("dt", {}, tr(gesture)), make("dd", {}, tr(text)));
  const button = makeButton("×", tr("Close the help"), close);
  button.className = "labext-close";
  const help = make("section", { class: "labext-help", "aria-label": tr("Keys and mouse") }, button, make("h3", {}, tr("Keys and mouse")), list);
  help.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    event.stopPropagation();
  });
  return help;
}
