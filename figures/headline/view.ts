import type { Weights } from "../../models/weights.ts";
import { bin2d, type Bins2d, rarePoints, type Window } from "../transforms/bin2d.ts";

/** A window on the pairs of one network, counted and ready to draw. */
export interface PairView {
  readonly bins: Bins2d;
  /** Indices of the pairs drawn as single points. */
  readonly points: Uint32Array;
  /** Least count of a cell that is drawn by its colour; Infinity where every pair is a point. */
  readonly least: number;
}

/** Cells with fewer pairs are drawn as points … */
const rareBelow = 3;
/** … unless these would be more than this, which bounds the size of the file. */
const mostPoints = 20_000;
/** A window with no more pairs than this shows each of them as a point. */
const fewPairs = 6_000;

/** Counts the pairs of a window in cells × cells and decides which of them are drawn as points. */
export function pairView({ encoder, decoder }: Weights, window: Window, cells: number): PairView {
  const bins = bin2d(encoder, decoder, window, cells, cells);
  const limits = bins.inside <= fewPairs ? [Infinity] : [rareBelow, 2];
  for (const least of limits) {
    const points = rarePoints(encoder, decoder, bins, least);
    if (points.length <= mostPoints) return { bins, points, least };
  }
  return { bins, points: new Uint32Array(), least: 1 };
}
