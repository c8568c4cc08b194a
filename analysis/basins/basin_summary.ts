/** What the descents say together: means by kind of start, and the density at which iid signs are best. */
import { parabolaMinimum } from "../numerics/parabola_minimum.ts";
import type { Estimate } from "../signs/signs.ts";
import type { StartKind } from "./basin_starts.ts";
import type { Descent } from "./measured_descent.ts";

/** The descents of one kind: means over draws with their standard errors; for a single start, errors over samples. */
export interface BasinSummary {
  /** What they started from. */
  readonly kind: StartKind;
  /** How many there are. */
  readonly draws: number;
  /** The objective at the start. */
  readonly before: Estimate;
  /** The objective at the end. */
  readonly after: Estimate;
  /** The objective at the end, with the decoder replaced by the optimal one. */
  readonly refitted: Estimate;
  /** Changed entries of S in units of its number of nonzeros; no error for a single start. */
  readonly changedShare: Estimate;
}

/**
 * Summarises the descents of one kind.
 *
 * @param edges nonzeros of the learned S
 */
export function summariseDescents(kind: StartKind, descents: readonly Descent[], edges: number): BasinSummary {
  const draws = descents.length;
  const estimate = (values: number[], errorOfOne: number): Estimate => {
    const value = values.reduce((sum, each) => sum + each, 0) / draws;
    if (draws === 1) return { value, error: errorOfOne };
    const squares = values.reduce((sum, each) => sum + (each - value) ** 2, 0);
    return { value, error: Math.sqrt(squares / (draws - 1) / draws) };
  };
  const [{ standardError }] = descents;
  const changed = descents.map(({ signsChanged: { created, pruned, flipped } }) =>
    (created + pruned + flipped) / edges
  );
  return {
    kind,
    draws,
    before: estimate(descents.map(({ before }) => before), standardError),
    after: estimate(descents.map(({ after }) => after), standardError),
    refitted: estimate(descents.map(({ refitted }) => refitted), standardError),
    changedShare: estimate(changed, 0),
  };
}

/** The minimum of a parabola against ln p, through the density with the lowest objective and two on either side. */
export function lowestDensity(scan: readonly Descent[]): Estimate | null {
  const densities = [...new Set(scan.map(({ density }) => density))].sort((a, b) => a - b);
  const lowest = scan.reduce((best, point) => point.after < best.after ? point : best);
  const index = densities.indexOf(lowest.density);
  const near = scan.filter(({ density }) => Math.abs(densities.indexOf(density) - index) <= 2);
  const minimum = parabolaMinimum(near.map(({ density }) => Math.log(density)), near.map(({ after }) => after));
  if (minimum === null) return null;
  const density = Math.exp(minimum.value);
  return { value: density, error: density * minimum.error };
}

/** Correlation over all entries of `end − start` and `learned − start`. */
export function displacementCorrelation(start: Float32Array, end: Float32Array, learned: Float32Array): number {
  let products = 0;
  let squares = 0;
  let learnedSquares = 0;
  for (let pair = 0; pair < start.length; pair++) {
    const moved = end[pair] - start[pair];
    const wanted = learned[pair] - start[pair];
    products += moved * wanted;
    squares += moved ** 2;
    learnedSquares += wanted ** 2;
  }
  return products / Math.sqrt(squares * learnedSquares);
}
