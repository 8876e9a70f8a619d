import assert from "node:assert/strict";
import test from "node:test";
import { INITIAL_STATE } from "../protocol/view_state.ts";
import type { Box, Wire } from "./displaylist/placement.ts";
import { PictureBuilder } from "./graph_picture.ts";
import type { GraphNode } from "./model/graph_node.ts";
import type { Item } from "./scopes/items.ts";
import { graphOf } from "./model/graph_sample.ts";

/** Numbers that are the same in every run. */
function randomOf(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => Math.floor(((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32) * limit);
}

interface Kind {
  readonly nodes: number;
  /** Scopes in each other. */
  readonly depth: number;
  /** Scopes beside each other, at each depth. */
  readonly breadth: number;
  readonly inputs: number;
  /** Inputs come from so many nodes before; a chain has 1. */
  readonly reach: number;
}

const KINDS: Readonly<Record<string, Kind>> = {
  dense: { nodes: 40, depth: 1, breadth: 2, inputs: 5, reach: 40 },
  wide: { nodes: 250, depth: 1, breadth: 1, inputs: 1, reach: 250 },
  deep: { nodes: 60, depth: 9, breadth: 2, inputs: 2, reach: 20 },
  chain: { nodes: 250, depth: 1, breadth: 1, inputs: 1, reach: 1 },
  hub: { nodes: 2500, depth: 2, breadth: 3, inputs: 1, reach: 0 },
};

function randomGraph({ nodes, depth, breadth, inputs, reach }: Kind, seed: number): GraphNode[] {
  const random = randomOf(seed);
  const names: string[] = [];
  const lines: string[] = [];
  for (let index = 0; index < nodes; index++) {
    const scopes = Array.from({ length: random(depth + 1) }, (_, at) => `s${at}x${random(breadth)}y`);
    const name = [...scopes, `n${index}z`].join("/");
    const sources = index === 0 ? [] : Array.from({ length: 1 + random(inputs) }, () => (reach === 0 ? names[0] : names[index - 1 - random(Math.min(reach, index))]));
    const kind = ["Add", "Mul", "Const", "Identity", "VariableV2", "Placeholder"][random(6)];
    lines.push(`${name} = ${kind}(${sources.map((source) => (random(8) === 0 ? `^${source}` : source)).join(", ")}) ?×${random(9)}`);
    names.push(name);
  }
  return graphOf(lines.join("\n"));
}

const overlaps = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Straight parts run along y from an even point of the route to the next. */
function touches({ route }: Wire, box: Box): boolean {
  for (let at = 0; at + 1 < route.length; at += 2) {
    const [a, b] = [route[at], route[at + 1]];
    if (!a || !b) continue;
    const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
    if (a.x > box.x && a.x < box.x + box.width && top < box.y + box.height && bottom > box.y) return true;
  }
  return false;
}

for (const [name, kind] of Object.entries(KINDS)) {
  for (const seed of [1, 2, 3]) {
    const nodes = randomGraph(kind, seed);
    const builder = new PictureBuilder();
    const tree = builder.build(nodes, INITIAL_STATE).scene.tree;
    const expanded: string[] = [];
    tree.groups.each(({ size, path }) => (size < 400 || kind.reach === 0) && expanded.push(path));
    const { sheet } = builder.build(nodes, { ...INITIAL_STATE, expanded });
    const bySibling = new Map<Item | null, Box[]>();
    for (const box of sheet.boxes) bySibling.set(box.item.parent, [...(bySibling.get(box.item.parent) ?? []), box]);

    test(`boxes never overlap: ${name} ${seed}`, () => {
      for (const boxes of bySibling.values()) {
        boxes.forEach((a, i) => boxes.slice(0, i).forEach((b) => assert.ok(!overlaps(a, b), `${a.item.path} over ${b.item.path}`)));
      }
    });

    test(`edges touch only the boxes they belong to: ${name} ${seed}`, () => {
      for (const wire of sheet.wires) {
        if (wire.isDetached) continue;
        for (const box of bySibling.get(wire.scope) ?? []) {
          if (box !== wire.from && box !== wire.to) assert.ok(!touches(wire, box), `${wire.from?.item.path} - ${wire.to?.item.path} touches ${box.item.path}`);
        }
      }
    });

    test(`the same graph gives the same picture: ${name} ${seed}`, () => {
      const again = new PictureBuilder().build(nodes, { ...INITIAL_STATE, expanded });
      assert.deepEqual(again.sheet.boxes.map(({ x, y }) => [x, y]), sheet.boxes.map(({ x, y }) => [x, y]));
    });
  }
}
