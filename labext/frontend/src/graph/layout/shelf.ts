/** Stacks boxes that no edge ties down into columns. */

import type { Place } from "./contract.ts";

export interface Shelf {
  readonly width: number;
  readonly height: number;
  /** Centres from the corner where the first box stands. */
  readonly places: readonly Place[];
}

const GAP = 16;

/** Fills a column up to `height`, or as far as makes the area about square, then begins the next. */
export function shelve(boxes: readonly { readonly width: number; readonly height: number }[], height: number): Shelf {
  const area = boxes.reduce((sum, box) => sum + (box.width + GAP) * (box.height + GAP), 0);
  const limit = Math.max(height, Math.sqrt(area));
  const columns: number[][] = [];
  let used = Infinity;
  boxes.forEach((box, index) => {
    if (used + box.height > limit) {
      columns.push([]);
      used = 0;
    }
    columns.at(-1)?.push(index);
    used += box.height + GAP;
  });
  const places: Place[] = boxes.map(() => ({ x: 0, y: 0 }));
  let left = 0;
  let tallest = 0;
  for (const column of columns) {
    const width = Math.max(...column.map((index) => boxes[index]?.width ?? 0));
    let top = 0;
    for (const index of column) {
      const boxHeight = boxes[index]?.height ?? 0;
      places[index] = { x: left + width / 2, y: top + boxHeight / 2 };
      top += boxHeight + GAP;
    }
    tallest = Math.max(tallest, top - GAP);
    left += width + GAP;
  }
  return { width: Math.max(left - GAP, 0), height: tallest, places };
}
