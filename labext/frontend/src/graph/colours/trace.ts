/** All that an item needs, or all that needs it. */

import { MISSING_NODE } from "../../protocol/payload.ts";
import type { Item } from "../scopes/items.ts";
import type { Scene } from "../visible/scene.ts";

/** Marks the nodes, by index, that lie on the way; the item's own among them. */
export function traceFrom(item: Item, side: "inputs" | "outputs", scene: Scene): Uint8Array {
  const marks = new Uint8Array(scene.nodes.length);
  const waiting = [...scene.tree.nodesIn(item)];
  for (const index of waiting) marks[index] = 1;
  const visit = (index: number): void => {
    if (index < 0 || marks[index]) return;
    marks[index] = 1;
    waiting.push(index);
  };
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (side === "inputs") {
      const node = scene.nodes[index];
      for (let position = 0; position < (node?.inputCount ?? 0); position++) visit(node?.inputNode(position) ?? MISSING_NODE);
    } else {
      for (let reading = scene.consumers.start(index); reading < scene.consumers.start(index + 1); reading++) visit(scene.consumers.reader(reading));
    }
  }
  return marks;
}

export function isTraced(item: Item, marks: Uint8Array): boolean {
  return item.kind === "op" ? marks[item.node?.index ?? -1] === 1 : item.children.some((child) => isTraced(child, marks));
}
