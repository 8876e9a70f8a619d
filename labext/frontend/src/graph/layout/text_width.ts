/** Widths of text without a browser, so that a layout is the same on screen, in a file and in a test. */

/** Advance widths of printable ASCII in a Helvetica-like face, in 1/1000 em, from the space on. */
const ASCII = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278,
  584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944,
  667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
/** Faces differ: leave a little room. */
const MARGIN = 1.06;
const BOLD = 1.06;

export function textWidth(text: string, size: number, isBold = false): number {
  let sum = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    sum += ASCII[code - 32] ?? (code > 0x2e80 ? 1000 : 620);
  }
  return (sum / 1000) * size * MARGIN * (isBold ? BOLD : 1);
}

/** Keeps both ends of a text that is longer than `limit` characters. */
export function shorten(text: string, limit: number): string {
  const characters = Array.from(text.length > 4 * limit ? text.slice(0, 2 * limit) + text.slice(-2 * limit) : text);
  if (characters.length <= limit) return text;
  const head = Math.ceil((limit - 1) * 0.6);
  return `${characters.slice(0, head).join("")}…${characters.slice(characters.length - (limit - 1 - head)).join("")}`;
}
