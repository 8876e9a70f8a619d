/** Colours of the curves: told apart on white and on black, also by most colour-blind readers. */

const LIGHT = ["#1f6feb", "#d1570b", "#0b8a5f", "#a626a4", "#a17700", "#0a7f9c", "#cf2438", "#6f42c1"];
const DARK = ["#6ca9ff", "#ff9a52", "#3fd09a", "#e48be3", "#e3bd4a", "#4fcbe6", "#ff7b85", "#b79bf5"];

/** The colour of the nth curve. */
export function colourOf(index: number, isDark: boolean): string {
  const colours = isDark ? DARK : LIGHT;
  return colours[index % colours.length] ?? "currentColor";
}
