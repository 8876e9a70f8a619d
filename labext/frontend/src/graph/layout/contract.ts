/** What a layered layout is given and gives back. Ranks grow along y, from inputs to outputs; x runs across. */

export interface LayoutNode {
  readonly width: number;
  readonly height: number;
  /** Kept below or above all other nodes. */
  readonly pin?: "first" | "last";
  /** Kept left of everything else in its rank. */
  readonly isLeftmost?: boolean;
  /** How far from its centre edges may meet it on either side; 0 has them all meet in the middle. */
  readonly reach: number;
}

export interface LayoutEdge {
  readonly from: number;
  readonly to: number;
  /** Where the edge meets its ends, measured across from their centres; null where the layout may choose. */
  readonly fromOffset: number | null;
  readonly toOffset: number | null;
  /** How much the edge should be straight, compared with others. */
  readonly weight: number;
  /** Edges of one source with the same trunk share their way as far as they can. */
  readonly trunk: string;
  /** Size of the label, 0 for none. */
  readonly labelWidth: number;
  readonly labelHeight: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface LayoutResult {
  readonly width: number;
  readonly height: number;
  /** Centres, by node. */
  readonly nodes: readonly Place[];
  /** Ways from source to target, by edge: pairs of points run straight along y, between pairs the way may bend. */
  readonly routes: readonly (readonly Place[])[];
  /** Centre of the label, by edge; edges that share a trunk share the label's place. */
  readonly labels: readonly (Place | null)[];
}
