import { deviation, mean } from "d3-array";
import type { Weights } from "../../models/network/weights.ts";
import type { Window } from "./bin2d.ts";
import { type Centre, nearestCentre } from "./nearest_centre.ts";

/** Half the sides of the window in spreads of the pairs. */
const reach = 3.5;

/**
 * The window that shows some clusters: around the mean of the pairs nearest to their centres, 3.5 spreads to each
 * side.
 *
 * @param chosen indices of the clusters in `centres`
 * @returns undefined if the clusters hold fewer than two distinct pairs along an axis: nothing to enlarge
 */
export function clusterWindow(
  weights: Weights,
  centres: readonly Centre[],
  chosen: readonly number[],
): Window | undefined {
  const { encoder, decoder } = weights;
  const centreOf = nearestCentre(centres);
  const inside: number[] = [];
  for (let pair = 0; pair < encoder.length; pair++) {
    if (chosen.includes(centreOf(encoder[pair], decoder[pair]))) inside.push(pair);
  }
  const [x, y] = [encoder, decoder].map((values) => {
    const half = reach * (deviation(inside, (pair) => values[pair]) ?? 0);
    const middle = mean(inside, (pair) => values[pair]) ?? 0;
    return [middle - half, middle + half] as const;
  });
  return x[0] < x[1] && y[0] < y[1] ? { x, y } : undefined;
}
