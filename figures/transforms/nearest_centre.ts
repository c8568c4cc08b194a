import { max } from "d3-array";

/** A centre in the plane of weight pairs. */
export interface Centre {
  readonly encoder: number;
  readonly decoder: number;
}

/**
 * Finds the centre nearest to a pair. Distances are in units of the largest centre along each axis, as the two matrices
 * differ in scale.
 *
 * @param centres at least one
 * @returns a function from a pair's weights to the index of its centre
 */
export function nearestCentre(centres: readonly Centre[]): (encoder: number, decoder: number) => number {
  const unitX = max(centres, ({ encoder }) => Math.abs(encoder)) || 1;
  const unitY = max(centres, ({ decoder }) => Math.abs(decoder)) || 1;
  const xs = Float64Array.from(centres, (centre) => centre.encoder / unitX);
  const ys = Float64Array.from(centres, (centre) => centre.decoder / unitY);
  return (encoder, decoder) => {
    const x = encoder / unitX;
    const y = decoder / unitY;
    let nearest = 0;
    let least = Infinity;
    for (let centre = 0; centre < xs.length; centre++) {
      const distance = (x - xs[centre]) ** 2 + (y - ys[centre]) ** 2;
      if (distance < least) {
        least = distance;
        nearest = centre;
      }
    }
    return nearest;
  };
}
