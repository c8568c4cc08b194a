import type { Weights } from "../../models/network/network_weights.ts";
import type { Window } from "./bin2d.ts";
import { type Centre, nearestCentre } from "./nearest_centre.ts";

/** Half the sides of the window in spreads of the pairs. */
const reach = 3.5;

/**
 * The window that shows some clusters: around the mean of the pairs nearest to their centres, 3.5 spreads to each
 * side. One pass of plain sums, as there may be millions of pairs.
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
  const { encoder: originX, decoder: originY } = centres[chosen[0]];
  let count = 0;
  const sums = { x: 0, y: 0, xx: 0, yy: 0 };
  for (let index = 0; index < encoder.length; index++) {
    if (!chosen.includes(centreOf(encoder[index], decoder[index]))) continue;
    const fromX = encoder[index] - originX;
    const fromY = decoder[index] - originY;
    count++;
    sums.x += fromX;
    sums.y += fromY;
    sums.xx += fromX * fromX;
    sums.yy += fromY * fromY;
  }
  const halfX = reach * Math.sqrt(sums.xx / count - (sums.x / count) ** 2);
  const halfY = reach * Math.sqrt(sums.yy / count - (sums.y / count) ** 2);
  if (!(halfX > 0 && halfY > 0)) return undefined;
  const middleX = originX + sums.x / count;
  const middleY = originY + sums.y / count;
  return { x: [middleX - halfX, middleX + halfX], y: [middleY - halfY, middleY + halfY] };
}
