/** Pictures without a browser: Python calls these in an embedded V8, which holds no page. */

import "./bare_engine.ts";
import { PictureBuilder } from "./graph/graph_picture.ts";
import { laidOver } from "./graph/displaylist/items.ts";
import { withLegend } from "./graph/displaylist/legend.ts";
import { GraphModel } from "./graph/model/graph_model.ts";
import { drawRuns } from "./graph/overlay/marks.ts";
import { RunState } from "./graph/overlay/run_state.ts";
import { paintSvg } from "./graph/painters/svg.ts";
import { type ThemeName, THEMES } from "./graph/painters/theme.ts";
import { speak, tr } from "./language/language.ts";
import { decodeGraphMessage } from "./protocol/payload.ts";
import { readViewState } from "./protocol/view_state.ts";

export { scalarPlotSvg } from "./scalars/static.ts";
export { speak };

export interface GraphPicture {
  /** Id of the SVG's root element. */
  readonly id: string;
  readonly state: unknown;
  /** What was run, as Python tells the live view. */
  readonly runs: unknown;
  readonly theme: ThemeName;
}

const MAX_WIDTH = 960;
const MAX_NAMES = 20;

/** The messages of the graph that is drawn next. */
const rooms: Uint8Array[] = [];

/** Python writes one message into it. */
export function makeRoom(size: number): ArrayBuffer {
  const room = new Uint8Array(size);
  rooms.push(room);
  return room.buffer;
}

export function graphSvg({ id, state, runs, theme }: GraphPicture): string {
  const model = new GraphModel();
  for (const message of rooms.splice(0)) model.append(decodeGraphMessage(message));
  const picture = new PictureBuilder().build(model.nodes, readViewState(state));
  const title = description(model.nodes.length, picture.scene.tree.root.children.map(({ label }) => label));
  const ran = new RunState();
  ran.apply(runs);
  const list = withLegend(laidOver(picture.list, drawRuns(picture, ran)), picture.colouring);
  return paintSvg(list, { theme: THEMES[theme], title, maxWidth: MAX_WIDTH, id });
}

/** What is read aloud instead of the picture. */
function description(count: number, labels: readonly string[]): string {
  if (count === 0) return tr("Computation graph without operations");
  const names = labels.length > MAX_NAMES ? [...labels.slice(0, MAX_NAMES), "…"] : labels;
  return tr("Computation graph of {count} operations: {names}", { count, names: names.join(", ") });
}
