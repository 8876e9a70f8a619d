/** What buttons, keys and pointer do alike, as edits of the view state. */

import { DIRECTIONS, type Viewport, type ViewState } from "../../protocol/view_state.ts";
import { setAside } from "./edits.ts";
import { anchored, pan, type Point, type Size, zoomAt } from "./viewport.ts";

export interface CommandedView {
  readonly state: ViewState;
  readonly viewport: Viewport;
  readonly size: Size;
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

export function commandsOf(view: CommandedView): Commands {
  const middle = (): Point => ({ x: view.size.width / 2, y: view.size.height / 2 });
  return {
    closeAll: () => view.edit({ expanded: [], viewport: null }),
    fit: () => view.edit({ viewport: null }),
    pan: (dx, dy) => view.edit({ viewport: pan(view.viewport, dx, dy) }),
    zoom: (factor, point = middle()) => view.edit({ viewport: zoomAt(view.viewport, point, factor) }),
    goTo: (place) => view.edit({ viewport: anchored(view.viewport, place, middle()) }),
    turn: () => view.edit({ direction: DIRECTIONS[(DIRECTIONS.indexOf(view.state.direction) + 1) % DIRECTIONS.length] ?? "up", viewport: null }),
    colourBy: (colourBy) => view.edit({ colourBy }),
    trace: (side) => view.edit({ trace: view.state.trace === side ? "none" : side }),
    setAside: (path) => view.edit(setAside(view.state, path, !view.state.excluded.includes(path))),
  };
}
