import type { Weights } from "../../models/weights.ts";
import type { Window } from "./bin2d.ts";

/** A centre in the plane of weight pairs. */
interface Centre {
  readonly encoder: number;
  readonly decoder: number;
}

/** Half the sides of the window in standard deviations of the cluster. */
const reach = 4.5;

/**
 * The window that shows one cluster: around the mean of the pairs nearest to its centre, 4.5 standard deviations to
 * each side. Distances are in units of the largest centre along each axis, as the two matrices differ in scale.
 *
 * @param chosen index of the cluster in `centres`
 * @returns undefined if the cluster holds fewer than two distinct pairs along an axis: nothing to enlarge
 */
export function clusterWindow(weights: Weights, centres: readonly Centre[], chosen: number): Window | undefined {
  const { encoder, decoder } = weights;
  const unitX = Math.max(...centres.map((centre) => Math.abs(centre.encoder))) || 1;
  const unitY = Math.max(...centres.map((centre) => Math.abs(centre.decoder))) || 1;
  const xs = Float64Array.from(centres, (centre) => centre.encoder / unitX);
  const ys = Float64Array.from(centres, (centre) => centre.decoder / unitY);
  const { encoder: originX, decoder: originY } = centres[chosen];
  let count = 0;
  const sums = { x: 0, y: 0, xx: 0, yy: 0 };
  for (let index = 0; index < encoder.length; index++) {
    const x = encoder[index] / unitX;
    const y = decoder[index] / unitY;
    let nearest = 0;
    let least = Infinity;
    for (let centre = 0; centre < xs.length; centre++) {
      const distance = (x - xs[centre]) ** 2 + (y - ys[centre]) ** 2;
      if (distance < least) {
        least = distance;
        nearest = centre;
      }
    }
    if (nearest !== chosen) continue;
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
