/** Which scope a node's name puts it into. */

import type { GraphNode } from "../model/graph_model.ts";
import { isConstantOp } from "../model/op_kinds.ts";
import { inChunks, type Steps } from "../steps.ts";

/** For each node, and for the scopes themselves, the path of the scope around it. */
export interface Parents {
  /** By node; the same string object for neighbours of one scope. */
  readonly ofNode: readonly string[];
  of(path: string): string;
}

/** Names nested deeper than this keep the rest of their name as a label. */
const MAX_DEPTH = 64;
const NODES_A_STEP = 2000;

/** Finds the scope of each name. An op with nothing but constants under its name is no scope: they stand beside it. */
export function* findParents(nodes: readonly GraphNode[]): Steps<Parents> {
  /** Every prefix of a name, and whether anything but constants is below it. */
  const isFilled = new Map<string, boolean>();
  const ofNode: string[] = [];
  let last = "";
  let isLastFilled = true;
  yield* inChunks(nodes.length, NODES_A_STEP, (start, stop) => {
    for (let index = start; index < stop; index++) {
      const { name, op } = nodes[index] as GraphNode;
      const end = name.lastIndexOf("/");
      const isSame = end === last.length && name.startsWith(last);
      if (!isSame) last = parentPath(name);
      ofNode.push(last);
      const fills = !isConstantOp(op);
      if (isSame && (isLastFilled || !fills)) continue;
      for (let path = last; path !== "" && isFilled.get(path) !== true; path = parentPath(path)) {
        if (!fills && isFilled.has(path)) break;
        isFilled.set(path, fills);
      }
      isLastFilled = fills;
    }
  });
  const bare = new Set<string>();
  for (const [path, isFull] of isFilled) if (!isFull) bare.add(path);
  const hollow = new Set<string>();
  yield;
  if (bare.size > 0) for (const { name } of nodes) if (bare.has(name)) hollow.add(name);
  yield;
  const solid = (path: string): string => {
    let at = path;
    while (hollow.has(at)) at = parentPath(at);
    return at;
  };
  return { ofNode: hollow.size > 0 ? ofNode.map(solid) : ofNode, of: (path) => solid(parentPath(path)) };
}

export function parentPath(path: string): string {
  let end = path.lastIndexOf("/");
  if (end > 4 * MAX_DEPTH) {
    end = -1;
    for (let depth = 0; depth < MAX_DEPTH; depth++) {
      const next = path.indexOf("/", end + 1);
      if (next < 0) break;
      end = next;
    }
  }
  return end > 0 ? path.slice(0, end) : "";
}
