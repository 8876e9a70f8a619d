/** Sorts a table by one of its columns. */

/** What a row is sorted by. */
export type Rank = number | string;

/** The column that a table is sorted by. */
export interface Sort {
  readonly column: number;
  readonly isDescending: boolean;
}

/** What a click on a column's head asks for: the largest first, then the smallest first, then no order of its own. */
export function nextSort(present: Sort | null, column: number): Sort | null {
  if (present?.column !== column) return { column, isDescending: true };
  return present.isDescending ? { column, isDescending: false } : null;
}

/** Orders two rows; what is no number comes last either way. */
export function compare(left: Rank, right: Rank, isDescending: boolean): number {
  const [isOddLeft, isOddRight] = [Number.isNaN(left), Number.isNaN(right)];
  if (isOddLeft || isOddRight) return Number(isOddLeft) - Number(isOddRight);
  const difference =
    typeof left === "number" && typeof right === "number" ? Math.sign(left - right || 0) : String(left).localeCompare(String(right), undefined, { numeric: true });
  return isDescending ? -difference : difference;
}
