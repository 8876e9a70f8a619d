import assert from "node:assert/strict";
import test from "node:test";
import { INITIAL_STATE } from "../../protocol/view_state.ts";
import { ROLES } from "../displaylist/items.ts";
import { PictureBuilder } from "../graph_picture.ts";
import { graphOf } from "../model/graph_sample.ts";
import { paintSvg } from "./svg.ts";
import { type ThemeName, THEMES } from "./theme.ts";

const svgOf = (text: string): string =>
  paintSvg(new PictureBuilder().build(graphOf(text), INITIAL_STATE).list, { theme: THEMES.light, title: "A <graph>", maxWidth: 800, id: "picture-1" });

test("the root carries the id and the title", () => {
  const svg = svgOf("x = Placeholder()");
  assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" id="picture-1"/);
  assert.match(svg, /<title>A &#60;graph&#62;<\/title>/);
});

test("names are text, never markup", () => {
  const svg = svgOf('<script>alert("1")</script> = Neg()'.replaceAll(" = ", " = ").replace("/", ""));
  assert.doesNotMatch(svg, /<script/);
  assert.match(svg, /&#60;script&#62;/);
});

test("only numbers go into geometry", () => {
  assert.doesNotMatch(svgOf("x = Placeholder()\ny = Mul(x, x)\nz = Neg(^y)"), /NaN|Infinity|undefined/);
});

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[0-9a-f]{2}/g) ?? []).map((pair) => {
    const value = Number.parseInt(pair, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const contrast = (a: string, b: string): number => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
};

for (const name of ["light", "dark"] satisfies ThemeName[]) {
  const theme = THEMES[name];
  const fills = ROLES.filter((role) => role === "canvas" || role.endsWith("Fill") || role.startsWith("open"));
  test(`text is readable on every ground (${name})`, () => {
    for (const fill of fills) {
      for (const text of ["text", "muted"] as const) assert.ok(contrast(theme[text], theme[fill]) >= 4.5, `${text} on ${fill}`);
    }
  });
  test(`lines stand out from every ground (${name})`, () => {
    const lines = [...ROLES.filter((role) => role.endsWith("Line")), "edge", "control", "reference", "incoming", "outgoing", "accent"] as const;
    for (const ground of ["canvas", "openEven", "openOdd"] as const) {
      for (const line of lines) assert.ok(contrast(theme[line], theme[ground]) >= 3, `${line} on ${ground}: ${contrast(theme[line], theme[ground]).toFixed(2)}`);
    }
  });
}
