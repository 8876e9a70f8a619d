/** Makes a graph acyclic on paper: names the edges to be read backwards. */

export interface Link {
  readonly from: number;
  readonly to: number;
}

/** Finds edges that close a cycle, by depth-first search in the order of the nodes. */
export function findBackEdges(nodeCount: number, links: readonly Link[]): ReadonlySet<number> {
  const outgoing: number[][] = Array.from({ length: nodeCount }, () => []);
  links.forEach(({ from }, index) => outgoing[from]?.push(index));
  const back = new Set<number>();
  const NEW = 0;
  const OPEN = 1;
  const DONE = 2;
  const status = new Uint8Array(nodeCount);
  const next = new Uint32Array(nodeCount);
  for (let start = 0; start < nodeCount; start++) {
    if (status[start] !== NEW) continue;
    const stack = [start];
    status[start] = OPEN;
    while (stack.length > 0) {
      const node = stack.at(-1) ?? 0;
      const at = next[node] ?? 0;
      const index = outgoing[node]?.[at];
      if (index === undefined) {
        status[node] = DONE;
        stack.pop();
        continue;
      }
      next[node] = at + 1;
      const target = links[index]?.to ?? 0;
      if (status[target] === OPEN) back.add(index);
      else if (status[target] === NEW) {
        status[target] = OPEN;
        stack.push(target);
      }
    }
  }
  return back;
}
