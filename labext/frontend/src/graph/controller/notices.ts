/** What is said over the graph of what it does not show. */

import { tr } from "../../language/language.ts";
import type { Viewport } from "../../protocol/view_state.ts";
import type { Sheet } from "../displaylist/placement.ts";
import type { GraphModel } from "../model/graph_model.ts";
import { areNamesShown } from "./viewport.ts";

export function sayWhatIsMissing({ nodes, missingInputs, ownInputs }: GraphModel): string {
  if (nodes.length === 0) return tr("This graph has no operations yet.");
  return [
    missingInputs > 0 ? tr("{count} inputs name nodes that are not in this graph; they are not drawn.", { count: missingInputs }) : "",
    ownInputs > 0 ? tr("{count} inputs come from their own node; they are not drawn.", { count: ownInputs }) : "",
  ].filter(Boolean).join(" ");
}

export function sayThatAPartIsShown({ boxes }: Sheet): string {
  return tr("Of {count} boxes a part is shown, so that names can be read. Drag to go on; Fit shows all.", { count: boxes.length });
}

export function sayWhatIsTiny({ boxes }: Sheet, viewport: Viewport): string {
  return areNamesShown(viewport) ? "" : tr("{count} boxes are too many to be read at once: zoom in, search, or open fewer levels.", { count: boxes.length });
}
