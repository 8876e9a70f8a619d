/** The language in which the views speak. A message is written in English where it is used: `tr("step {step}", { step })`. */
import { CHINESE } from "./chinese.ts";

/** What can be said: the compiler refuses a message without a translation. */
export type Message = keyof typeof CHINESE;

let isChinese = false;

/** Chooses the language, `en` or `zh`; an empty text leaves it to the page, where JupyterLab says which one it speaks. */
export function speak(language: string): void {
  const wanted = language || (typeof document === "undefined" ? "en" : document.documentElement.lang);
  isChinese = /^zh\b/i.test(wanted.replace("_", "-"));
}

/** Says a message in the chosen language, with its places `{name}` filled; whole numbers have their digits grouped. */
export function tr(message: Message, places: Readonly<Record<string, string | number>> = {}): string {
  const text = isChinese ? CHINESE[message] : message;
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = places[name];
    return typeof value === "number" ? grouped(value) : (value ?? place);
  });
}

/** `12,345`, whatever the language. The page's own way to say so costs 25 ms when it is first used. */
export function grouped(value: number): string {
  return Number.isInteger(value) ? String(value).replace(/\d(?=(\d{3})+$)/g, "$&,") : String(value);
}
