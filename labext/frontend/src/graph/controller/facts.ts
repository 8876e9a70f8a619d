/** What a view says of itself in the page, for tests and styles. */

import type { ViewState } from "../../protocol/view_state.ts";
import type { Box } from "../displaylist/placement.ts";

const MAX_NAMED = 200;

export function factsOf(boxes: readonly Box[], { expanded, selected, trace, colourBy }: ViewState): Readonly<Record<string, unknown>> {
  const pathsOf = (some: readonly Box[]): string[] => some.slice(0, MAX_NAMED).map(({ item }) => item.path);
  const main = boxes.filter((box) => !box.isAuxiliary);
  return { visible: boxes.length, shown: pathsOf(boxes), main: pathsOf(main), expanded, selected, trace, colourBy };
}
