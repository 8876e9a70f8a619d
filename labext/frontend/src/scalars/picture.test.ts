import assert from "node:assert/strict";
import { test } from "node:test";
import { scalarPlotSvg, type PlainCurve, type ScalarPicture } from "./static.ts";

const curve = (values: (number | string)[], change: Partial<PlainCurve> = {}): PlainCurve => ({
  tag: "mse",
  run: "run 1",
  startedS: 0,
  steps: values.map((_value, index) => index),
  seconds: values.map((_value, index) => index / 10),
  values,
  smoothed: null,
  ...change,
});
const draw = (curves: PlainCurve[], change: Partial<ScalarPicture> = {}): string =>
  scalarPlotSvg({
    id: "picture-1",
    title: "mse",
    curves,
    settings: { axis: "step", isLogX: false, isLogY: false, smoothing: 0, ignoresOutliers: false },
    widthPx: 284,
    heightPx: 194,
    ...change,
  });

test("golden: three points, a gap and a mark", () => {
  const svg = draw([curve([2, 1, "NaN", 0])]);
  assert.equal(
    svg.replaceAll("><", ">\n<"),
    `<svg xmlns="http://www.w3.org/2000/svg" id="picture-1" width="284" height="212" viewBox="0 0 284 212" role="img" font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="12">
<title>Line plot of mse over step. mse, run 1: 4 points, latest 0.</title>
<rect width="284" height="212" rx="6" fill="#ffffff"/>
<text x="16" y="26" font-size="15" font-weight="600" fill="#1b1f24">mse</text>
<path d="M64 141.5H264" stroke="#e4e7eb"/>
<text x="56" y="145.5" text-anchor="end" fill="#59636e">0</text>
<path d="M64 96H264" stroke="#e4e7eb"/>
<text x="56" y="100" text-anchor="end" fill="#59636e">1</text>
<path d="M64 50.5H264" stroke="#e4e7eb"/>
<text x="56" y="54.5" text-anchor="end" fill="#59636e">2</text>
<text x="64" y="164" text-anchor="middle" fill="#59636e">0</text>
<text x="197.3" y="164" text-anchor="middle" fill="#59636e">2</text>
<text x="164" y="182" text-anchor="middle" fill="#59636e">step</text>
<clipPath id="picture-1-clip">
<rect x="64" y="44" width="204" height="104"/>
</clipPath>
<g clip-path="url(#picture-1-clip)" fill="none" stroke-width="1.75" stroke-linejoin="round">
<path d="M64 50.5L130.7 96M264 141.5h0.01" stroke="#1f6feb"/>
<path d="M192.3 92h10l-5 9z" fill="#ffffff" stroke="#1f6feb">
<title>NaN</title>
</path>
</g>
<path d="M64 196h14" stroke="#1f6feb" stroke-width="3" stroke-linecap="round"/>
<text x="84" y="200" fill="#1b1f24">run 1  0</text>
</svg>`,
  );
});

test("the root carries the id and every text is escaped", () => {
  const svg = draw([curve([1, 2], { tag: '<b>"&' })], { id: 'a"b', title: "<script>" });
  assert.match(svg, /^<svg [^>]*id="a&quot;b"/);
  assert.ok(!svg.includes("<b>") && !svg.includes("<script>"));
});

test("no values yet is said in words", () => {
  assert.match(draw([]), /no values yet/);
  assert.match(draw([curve([])]), /no values yet/);
});

test("a smoothed curve stands before its pale original", () => {
  const svg = draw([curve([1, 5, 2, 8], { smoothed: [1, 3.5, 2.8, 5.2] })], { settings: { axis: "step", isLogX: false, isLogY: false, smoothing: 0.6, ignoresOutliers: false } });
  assert.equal(svg.match(/<path d="M[^"]*L/g)?.length, 2);
  assert.match(svg, /opacity="0.3"/);
});

test("long legends take more rows", () => {
  const many = Array.from({ length: 6 }, (_, index) => curve([1, 2], { run: `run ${index + 1}` }));
  const heightOf = (svg: string): number => Number(/ height="(\d+)"/.exec(svg)?.[1]);
  assert.ok(heightOf(draw(many)) > heightOf(draw(many.slice(0, 1))));
});

test("logarithmic axes leave out what they cannot show", () => {
  const svg = draw([curve([10, 0, 1000])], { settings: { axis: "step", isLogX: true, isLogY: true, smoothing: 0, ignoresOutliers: false } });
  assert.ok(!svg.includes("NaN") && !svg.includes("Infinity"));
});

test("no number in the picture is broken, whatever the values", () => {
  const awkward = [[1], [0, 0], [1e300, -1e300], [5e-324], ["NaN"], ["Infinity", "-Infinity"], [1, "NaN", 1]];
  for (const values of awkward) {
    for (const axis of ["step", "relative", "wall"] as const) {
      for (const isLog of [false, true]) {
        const svg = draw([curve(values, { smoothed: values })], { settings: { axis, isLogX: isLog, isLogY: isLog, smoothing: 0.5, ignoresOutliers: false } });
        const drawn = [...svg.matchAll(/ (?:d|x|y)="([^"]*)"/g)].map((match) => match[1]).join(" ");
        assert.doesNotMatch(drawn, /NaN|Infinity|undefined/, `${values} ${axis} ${isLog}`);
      }
    }
  }
});
