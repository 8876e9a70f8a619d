/** Where edges meet the rims of open scopes: which ports have edges, and at which place. */

import type { Item } from "../scopes/items.ts";
import type { LevelEdge } from "../visible/level_edge.ts";
import type { Level } from "../visible/level.ts";
import type { OpenScope } from "../visible/scene.ts";

/** Where each port lies, across from the centre of its scope's box; by side, kind and key. */
export type PortPlaces = ReadonlyMap<string, number>;

/** The name of the port that an edge ends at; null where it ends at a child. */
export function portName({ children, ports }: Level, end: number): string | null {
  const port = ports[end - children.length];
  return port ? `${port.side} ${port.kind} ${port.key}` : null;
}

/** The edges of a scope that are drawn while some of its ports are hidden. */
export function drawnEdges({ level, drawn }: OpenScope, hidden: ReadonlySet<string>): readonly LevelEdge[] {
  if (hidden.size === 0) return drawn;
  const ends = new Set<number>();
  for (let end = level.children.length; end < level.children.length + level.ports.length; end++) if (hidden.has(portName(level, end) ?? "")) ends.add(end);
  return drawn.filter(({ from, to }) => !ends.has(from) && !ends.has(to));
}

/** The ports of open children whose edges are not drawn outside: nothing may lead to them inside either. */
export function hiddenPorts(level: Level, drawn: readonly LevelEdge[], isOpen: (child: Item) => boolean): ReadonlyMap<Item, ReadonlySet<string>> {
  const hidden = new Map(level.children.filter(isOpen).map((child) => [child, new Set<string>()]));
  if (hidden.size === 0) return hidden;
  const shown = new Set(drawn);
  if (shown.size === level.edges.length) return hidden;
  const eachPort = (edge: LevelEdge, use: (ports: Set<string>, end: number) => void): void => {
    for (const end of [edge.from, edge.to]) {
      const child = level.children[end];
      const ports = child && hidden.get(child);
      if (ports) use(ports, end);
    }
  };
  for (const edge of level.edges) if (!shown.has(edge)) eachPort(edge, (ports, end) => ports.add(portOfChild(edge, end, level)));
  for (const edge of level.edges) if (shown.has(edge)) eachPort(edge, (ports, end) => ports.size > 0 && ports.delete(portOfChild(edge, end, level)));
  return hidden;
}

/** Where an edge meets the child at one of its ends; null at a closed box. */
export function portOffset(edge: LevelEdge, end: number, level: Level, ports: PortPlaces | undefined): number | null {
  return ports?.get(portOfChild(edge, end, level)) ?? ports?.get(`${edge.from === end ? "out" : "in"} ${edge.kind} *`) ?? null;
}

/** The name of the port by which an edge of this level enters or leaves an open child. */
function portOfChild(edge: LevelEdge, child: number, { children, ports }: Level): string {
  const side = edge.from === child ? "out" : "in";
  const other = side === "out" ? edge.to : edge.from;
  return `${side} ${edge.kind} ${children[other]?.path ?? ports[other - children.length]?.key}`;
}
