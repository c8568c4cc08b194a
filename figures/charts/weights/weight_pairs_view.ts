import { max } from "d3-array";
import type { Weights } from "../../../models/network/network_weights.ts";
import { theme } from "../../render/figure_theme.ts";
import { logThresholds } from "../../marks/density_mark.ts";
import { bin2d, type Bins2d, rarePoints, type Window } from "../../transforms/bin2d.ts";
import { crowding } from "../../transforms/crowding.ts";

/** A window on the pairs of one network, counted and ready to draw. */
export interface PairView {
  readonly bins: Bins2d;
  /** Indices of the pairs drawn as single points, in layers by the theme's level, from few to many. */
  readonly layers: readonly (readonly number[] | Uint32Array)[];
  /** How many pairs are drawn as single points. */
  readonly single: number;
  /** Least count of a cell that is drawn by its colour; Infinity where every pair is a point. */
  readonly least: number;
}

/** Cells with fewer pairs are drawn as points … */
const rareBelow = 3;
/** … unless these would be more than this, which bounds the size of the file. */
const mostPoints = 20_000;
/** A window with no more pairs than this shows each of them as a point. */
const fewPairs = 6_000;
/** Side of the cells by which such points are coloured, in cells of the window. */
const crowdedCell = 6;

/** Counts the pairs of a window in cells × cells and decides which of them are drawn as points. */
export function pairView({ encoder, decoder }: Weights, window: Window, cells: number): PairView {
  const bins = bin2d(encoder, decoder, window, cells, cells);
  if (bins.inside <= fewPairs) {
    const points = rarePoints(encoder, decoder, bins, Infinity);
    const crowds = crowding(encoder, decoder, points, window, Math.ceil(cells / crowdedCell));
    const thresholds = logThresholds(1, max(crowds) ?? 1);
    const layers = theme.levels.map((_, level) =>
      Array.from(points).filter((_, index) =>
        crowds[index] >= thresholds[level] && !(crowds[index] >= thresholds[level + 1])
      )
    );
    return { bins, layers, single: points.length, least: Infinity };
  }
  for (const least of [rareBelow, 2]) {
    const points = rarePoints(encoder, decoder, bins, least);
    if (points.length <= mostPoints) return { bins, layers: [points], single: points.length, least };
  }
  return { bins, layers: [], single: 0, least: 1 };
}
