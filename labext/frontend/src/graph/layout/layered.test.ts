import assert from "node:assert/strict";
import test from "node:test";
import type { LayoutEdge, LayoutNode, LayoutResult } from "./contract.ts";
import { layoutLayered } from "./layered.ts";

/** Numbers that are the same in every run. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

const node = (width: number, height: number): LayoutNode => ({ width, height, reach: width / 2 - 8 });
const edge = (from: number, to: number, labelWidth = 0): LayoutEdge => ({ from, to, fromOffset: null, toOffset: null, weight: 1, trunk: `${from} ${to}`, labelWidth, labelHeight: labelWidth > 0 ? 12 : 0 });

function randomGraph(seed: number, nodeCount: number, edgeCount: number): { nodes: LayoutNode[]; edges: LayoutEdge[] } {
  const random = randomOf(seed);
  const nodes = Array.from({ length: nodeCount }, () => node(20 + Math.round(random() * 200), 12 + Math.round(random() * (random() < 0.1 ? 600 : 40))));
  const edges: LayoutEdge[] = [];
  for (let at = 0; at < edgeCount; at++) {
    const [from, to] = [Math.floor(random() * nodeCount), Math.floor(random() * nodeCount)];
    if (from !== to) edges.push(edge(from, to, random() < 0.5 ? 30 : 0));
  }
  return { nodes, edges };
}

interface Rect {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

const rectOf = (result: LayoutResult, nodes: readonly LayoutNode[], index: number): Rect => {
  const { x, y } = result.nodes[index] ?? { x: NaN, y: NaN };
  const { width, height } = nodes[index] ?? { width: NaN, height: NaN };
  return { left: x - width / 2, right: x + width / 2, bottom: y - height / 2, top: y + height / 2 };
};

const overlaps = (a: Rect, b: Rect): boolean => a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top;

for (const [seed, nodeCount, edgeCount] of [[1, 5, 6], [2, 30, 45], [3, 120, 200], [4, 60, 300], [5, 200, 120], [6, 12, 0]] as const) {
  const { nodes, edges } = randomGraph(seed, nodeCount, edgeCount);
  const result = layoutLayered(nodes, edges);

  test(`boxes never overlap (${nodeCount} nodes, ${edgeCount} edges)`, () => {
    const rects = nodes.map((_, index) => rectOf(result, nodes, index));
    rects.forEach((a, i) => rects.slice(0, i).forEach((b, j) => assert.ok(!overlaps(a, b), `${i} over ${j}`)));
  });

  test(`straight parts of edges touch only the boxes they belong to (${nodeCount} nodes, ${edgeCount} edges)`, () => {
    edges.forEach(({ from, to }, index) => {
      const route = result.routes[index] ?? [];
      for (let at = 0; at + 1 < route.length; at += 2) {
        const [a, b] = [route[at], route[at + 1]];
        assert.ok(a && b && a.x === b.x);
        const line = { left: a.x, right: a.x, bottom: Math.min(a.y, b.y), top: Math.max(a.y, b.y) };
        nodes.forEach((_, other) => {
          if (other !== from && other !== to) assert.ok(!overlaps(line, rectOf(result, nodes, other)), `edge ${from}-${to} crosses ${other}`);
        });
      }
    });
  });

  test(`edges begin and end on the rims of their boxes (${nodeCount} nodes, ${edgeCount} edges)`, () => {
    edges.forEach(({ from, to }, index) => {
      const route = result.routes[index] ?? [];
      for (const [point, end] of [[route[0], from], [route.at(-1), to]] as const) {
        const rect = rectOf(result, nodes, end);
        assert.ok(point && point.x >= rect.left && point.x <= rect.right);
        assert.ok(point.y === rect.top || point.y === rect.bottom);
      }
    });
  });
}

test("the same graph gives the same picture", () => {
  const { nodes, edges } = randomGraph(7, 50, 80);
  assert.deepEqual(layoutLayered(nodes, edges), layoutLayered(nodes, edges));
});

test("a chain is one straight line", () => {
  const nodes = Array.from({ length: 8 }, (_, index) => node(40 + 10 * index, 30));
  const edges = nodes.slice(1).map((_, index) => edge(index, index + 1, 30));
  const { nodes: places } = layoutLayered(nodes, edges);
  assert.equal(new Set(places.map(({ x }) => x)).size, 1);
  places.slice(1).forEach(({ y }, index) => assert.ok(y > (places[index]?.y ?? Infinity)));
});

test("a cycle is drawn, one edge backwards", () => {
  const { routes } = layoutLayered([node(40, 20), node(40, 20)], [edge(0, 1), edge(1, 0)]);
  assert.ok((routes[0]?.[0]?.y ?? NaN) < (routes[0]?.at(-1)?.y ?? NaN));
  assert.ok((routes[1]?.[0]?.y ?? NaN) > (routes[1]?.at(-1)?.y ?? NaN));
});

test("pinned nodes stand at the rims", () => {
  const nodes: LayoutNode[] = [node(40, 20), { ...node(8, 0), pin: "first" }, { ...node(8, 0), pin: "last" }, node(40, 20)];
  const { nodes: places } = layoutLayered(nodes, [edge(1, 0, 20), edge(0, 2, 20), edge(0, 3)]);
  const heights = places.map(({ y }) => y);
  assert.equal(Math.min(...heights), heights[1]);
  assert.equal(Math.max(...heights), heights[2]);
});

test("an empty graph has no size", () => {
  assert.deepEqual(layoutLayered([], []), { width: 0, height: 0, nodes: [], routes: [], labels: [] });
});
