/** What buttons, keys and pointer do alike, as edits of the view state. */

import { DIRECTIONS, type Viewport, type ViewState } from "../../protocol/view_state.ts";
import { setAside } from "./edits.ts";
import { anchored, pan, type Point, type Size, zoomAt } from "./viewport.ts";

export interface CommandedView {
  state(): ViewState;
  viewport(): Viewport;
  size(): Size;
  edit(change: Partial<ViewState>): void;
}

export interface Commands {
  closeAll(): void;
  /** Shows the whole picture. */
  fit(): void;
  pan(dx: number, dy: number): void;
  /** Zooms about a point of the view, or about its middle. */
  zoom(factor: number, point?: Point): void;
  /** Brings a point of the sheet into the middle of the view. */
  goTo(place: Point): void;
  turn(): void;
  colourBy(what: string): void;
  trace(side: "inputs" | "outputs"): void;
  /** Moves an item to the auxiliary area or back. */
  setAside(path: string): void;
}

export function commandsOf({ state, viewport, size, edit }: CommandedView): Commands {
  const middle = (): Point => ({ x: size().width / 2, y: size().height / 2 });
  return {
    closeAll: () => edit({ expanded: [], viewport: null }),
    fit: () => edit({ viewport: null }),
    pan: (dx, dy) => edit({ viewport: pan(viewport(), dx, dy) }),
    zoom: (factor, point = middle()) => edit({ viewport: zoomAt(viewport(), point, factor) }),
    goTo: (place) => edit({ viewport: anchored(viewport(), place, middle()) }),
    turn: () => edit({ direction: DIRECTIONS[(DIRECTIONS.indexOf(state().direction) + 1) % DIRECTIONS.length] ?? "up", viewport: null }),
    colourBy: (colourBy) => edit({ colourBy }),
    trace: (side) => edit({ trace: state().trace === side ? "none" : side }),
    setAside: (path) => edit(setAside(state(), path, !state().excluded.includes(path))),
  };
}
