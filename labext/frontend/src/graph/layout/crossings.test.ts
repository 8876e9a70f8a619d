/** The pictures of the chapter's graphs have no more crossings than those that Graphviz' `dot` draws of the same boxes. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { gunzipSync } from "node:zlib";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { INITIAL_STATE } from "../../protocol/view_state.ts";
import type { Box, Sheet, Wire } from "../displaylist/placement.ts";
import { PictureBuilder } from "../graph_picture.ts";
import type { GraphNode } from "../model/graph_node.ts";
import { graphOf } from "../model/graph_sample.ts";
import { ancestorsOf, type Item, membersOf } from "../scopes/items.ts";
import type { Place } from "./contract.ts";

type Line = readonly Place[];

const PROGRAMS = new URL("../../../../../tests/fixtures/programs/", import.meta.url);
const POINTS_AN_INCH = 72;
const SAMPLES = 12;

interface StoredNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
}

/** The graph that TensorFlow built; every tensor has a shape, so that edges have labels. */
function programGraph(file: string): GraphNode[] {
  const { nodes } = JSON.parse(gunzipSync(readFileSync(new URL(file, PROGRAMS))).toString()) as { nodes: readonly StoredNode[] };
  return graphOf(nodes.map(({ name, op, inputs }) => `${name} = ${op}(${inputs.join(", ")}) ?×10`).join("\n"));
}

/** How many pairs of lines cross each other properly; lines that meet or run together do not. */
function countCrossingLines(lines: readonly Line[]): number {
  let count = 0;
  lines.forEach((a, index) => {
    for (const b of lines.slice(0, index)) if (doCross(a, b)) count++;
  });
  return count;
}

function doCross(a: Line, b: Line): boolean {
  for (let i = 1; i < a.length; i++) {
    for (let j = 1; j < b.length; j++) {
      const [p, q, r, s] = [a[i - 1], a[i], b[j - 1], b[j]];
      if (p && q && r && s && side(p, q, r) * side(p, q, s) < 0 && side(r, s, p) * side(r, s, q) < 0) return true;
    }
  }
  return false;
}

function side(a: Place, b: Place, c: Place): number {
  const area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  return Math.abs(area) < 1e-6 ? 0 : Math.sign(area);
}

/** What `dot` is given: the boxes of one scope, its ports, and the same edges. */
function dotSource(boxes: readonly Box[], wires: readonly Wire[]): string {
  const ids = new Map(boxes.map((box, index) => [box, `n${index}`]));
  const ports = new Map<string, string>();
  const endOf = (box: Box | null, place: Place | undefined, name: string): string => {
    if (box) return ids.get(box) ?? "";
    const key = `${name} ${place?.x}`;
    if (!ports.has(key)) ports.set(key, `${name}${ports.size}`);
    return ports.get(key) ?? "";
  };
  const edges = wires.map(({ from, to, route }) => `${endOf(from, route[0], "in")} -> ${endOf(to, route.at(-1), "out")};`);
  const portLines = (["in", "out"] as const).map((name) => {
    const own = [...ports.values()].filter((port) => port.startsWith(name));
    return own.length > 0 ? `{ rank=${name === "in" ? "source" : "sink"}; ${own.map((port) => `${port} [width=0.01, height=0.01];`).join(" ")} }` : "";
  });
  return [
    "digraph { rankdir=BT; nodesep=0.33; node [shape=box, fixedsize=true, label=\"\"];",
    ...boxes.map((box) => `${ids.get(box)} [width=${box.width / POINTS_AN_INCH}, height=${box.height / POINTS_AN_INCH}];`),
    ...portLines,
    ...edges,
    "}",
  ].join("\n");
}

function dotLines(graphviz: Graphviz, source: string): Line[] {
  const { edges = [] } = JSON.parse(graphviz.layout(source, "json", "dot")) as { edges?: readonly { readonly pos: string }[] };
  return edges.map(({ pos }) => pos.split(";").flatMap(sampled));
}

/** Points on a spline as Graphviz writes it: `e,x,y x,y …`, the tip of its arrow first. */
function sampled(spline: string): Line {
  const placeOf = (text: string): Place => {
    const [x = 0, y = 0] = text.split(",").map(Number);
    return { x, y };
  };
  const [tips, points] = [/^e,(\S+) /.exec(spline)?.slice(1) ?? [], spline.replace(/^e,\S+ /, "").split(" ").map(placeOf)];
  const line = points.slice(0, 1);
  for (let at = 0; at + 3 < points.length; at += 3) {
    const [a, b, c, d] = points.slice(at, at + 4);
    if (!a || !b || !c || !d) continue;
    for (let step = 1; step <= SAMPLES; step++) {
      const t = step / SAMPLES;
      const [p, q, r, s] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
      line.push({ x: p * a.x + q * b.x + r * c.x + s * d.x, y: p * a.y + q * b.y + r * c.y + s * d.y });
    }
  }
  return [...line, ...tips.map(placeOf)];
}

/** The picture in which this scope is open and all that is inside it closed. */
function sheetOf(builder: PictureBuilder, nodes: readonly GraphNode[], scope: Item): Sheet {
  const expanded = scope.parent ? [scope, ...ancestorsOf(scope)].map(({ path }) => path) : [];
  return builder.build(nodes, { ...INITIAL_STATE, expanded }).sheet;
}

/** Crossings among the edges of one scope, as we draw it and as `dot` does. */
function crossingsOf(graphviz: Graphviz, { boxes, wires }: Sheet, scope: Item): { ours: number; dots: number } {
  const drawn = wires.filter((wire) => wire.scope === scope && !wire.isDetached);
  const linked = new Set(drawn.flatMap(({ from, to }) => [from, to]));
  const source = dotSource(boxes.filter((box) => linked.has(box)), drawn);
  return { ours: countCrossingLines(drawn.map(({ route }) => route)), dots: countCrossingLines(dotLines(graphviz, source)) };
}

const graphviz = await Graphviz.load();

for (const file of readdirSync(PROGRAMS).filter((name) => /^(ch09|ch10_02)_/.test(name))) {
  test(`no more crossings than dot: ${file.replace(".json.gz", "")}`, () => {
    const nodes = programGraph(file);
    const builder = new PictureBuilder();
    const { tree } = builder.build(nodes, INITIAL_STATE).scene;
    const top = crossingsOf(graphviz, sheetOf(builder, nodes, tree.root), tree.root);
    assert.ok(top.ours <= top.dots, `the top level has ${top.ours} crossings, ${top.dots} with dot`);
    const whole = { ...top };
    tree.groups.each((scope) => {
      if (membersOf(scope).length < 3) return;
      const { ours, dots } = crossingsOf(graphviz, sheetOf(builder, nodes, scope), scope);
      whole.ours += ours;
      whole.dots += dots;
    });
    assert.ok(whole.ours <= whole.dots, `all scopes have ${whole.ours} crossings, ${whole.dots} with dot`);
  });
}
