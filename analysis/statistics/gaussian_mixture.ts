/** Mixtures of Gaussians in a few dimensions, fitted by expectation and maximisation. */
import { FailureError } from "../../models/errors.ts";
import type { RandomStream } from "../../models/random.ts";
import { choleskyFactor, solveLower } from "../numerics/cholesky.ts";

/** A density that was fitted. */
export interface Mixture {
  /** How many Gaussians. */
  readonly components: number;
  /** ln of the density at a point. */
  logDensity(point: Float64Array): number;
  /** Bayesian information criterion (Schwarz, Ann. Statist. 6, 1978) on the points of the fit: less is better. */
  readonly criterion: number;
}

interface Component {
  readonly mean: Float64Array;
  /** Lower triangle L of the covariance L·Lᵀ, row by row. */
  readonly factor: Float64Array;
  /** ln(weight) − Σ ln L_ii − n/2 · ln 2π. */
  readonly constant: number;
}

/** Added to each variance, as a share of that of all points: keeps a component from closing in on one point. */
const floor = 1e-4;
const iterations = 60;
/** In nats a point. */
const tolerance = 1e-4;

/**
 * Fits mixtures of 1 … `most` Gaussians with full covariances and keeps the one that the Bayesian information criterion
 * prefers. EM as of Dempster, Laird and Rubin (1977), begun at points far from one another.
 *
 * @param points of one dimension each
 * @throws {RangeError} if there are no more points than dimensions
 */
export function fitMixture(points: readonly Float64Array[], most: number, random: RandomStream): Mixture {
  const dimensions = points[0]?.length ?? 0;
  if (points.length <= dimensions) {
    throw new RangeError(`A Gaussian in ${dimensions} dimensions needs more points than that, got ${points.length}.`);
  }
  const fits = Array.from({ length: most }, (_, index) => fitted(points, index + 1, random));
  return fits.reduce((best, fit) => fit.criterion < best.criterion ? fit : best);
}

function fitted(points: readonly Float64Array[], components: number, random: RandomStream): Mixture {
  const count = points.length;
  const dimensions = points[0].length;
  const all = gaussianOf(points, new Float64Array(count).fill(1));
  const variances = Float64Array.from(
    { length: dimensions },
    (_, axis) => Math.max(all.covariance[axis * (dimensions + 1)], Number.MIN_VALUE / floor),
  );
  const ridge = variances.map((variance) => floor * variance);
  let mixture = farPoints(points, components, variances, random).map((mean) =>
    component(1 / components, mean, all.covariance, ridge)
  );
  const shares = Array.from({ length: components }, () => new Float64Array(count));
  const own = new Float64Array(components);
  let mean = -Infinity;
  for (let iteration = 0; iteration < iterations; iteration++) {
    const before = mean;
    mean = 0;
    points.forEach((point, index) => {
      mean += logDensityOf(mixture, point, own) / count;
      for (let k = 0; k < components; k++) shares[k][index] = own[k];
    });
    if (mean - before < tolerance || iteration === iterations - 1) break;
    mixture = mixture.map((old, k) => {
      const { total, mean, covariance } = gaussianOf(points, shares[k]);
      // A component that hardly any point needs stays where it is and loses its weight.
      if (total <= dimensions) return { ...old, constant: -Infinity };
      return component(total / count, mean, covariance, ridge);
    });
  }
  const parameters = components * (1 + dimensions + dimensions * (dimensions + 1) / 2) - 1;
  return {
    components,
    criterion: parameters * Math.log(count) - 2 * count * mean,
    logDensity: (point) => logDensityOf(mixture, point, own),
  };
}

/** The first at random, each further one with a chance that grows with its squared distance from the others (k-means++). */
function farPoints(
  points: readonly Float64Array[],
  count: number,
  variances: Float64Array,
  { integer, uniform }: RandomStream,
): Float64Array[] {
  const chosen = [points[integer(points.length)]];
  const nearest = new Float64Array(points.length).fill(Infinity);
  while (chosen.length < count) {
    const last = chosen.at(-1)!;
    points.forEach((point, index) => {
      const square = point.reduce((sum, value, axis) => sum + (value - last[axis]) ** 2 / variances[axis], 0);
      nearest[index] = Math.min(nearest[index], square);
    });
    let left = uniform() * nearest.reduce((sum, square) => sum + square, 0);
    chosen.push(points[Math.max(0, nearest.findIndex((square) => (left -= square) < 0))]);
  }
  return chosen;
}

/** Total, mean and covariance (its lower triangle, row by row) of weighted points. */
function gaussianOf(points: readonly Float64Array[], weights: Float64Array) {
  const dimensions = points[0].length;
  const mean = new Float64Array(dimensions);
  const covariance = new Float64Array(dimensions * dimensions);
  let total = 0;
  for (let index = 0; index < points.length; index++) {
    total += weights[index];
    for (let axis = 0; axis < dimensions; axis++) mean[axis] += weights[index] * points[index][axis];
  }
  for (let axis = 0; axis < dimensions; axis++) mean[axis] /= total;
  for (let index = 0; index < points.length; index++) {
    const point = points[index];
    for (let row = 0; row < dimensions; row++) {
      const weighted = weights[index] * (point[row] - mean[row]) / total;
      for (let column = 0; column <= row; column++) {
        covariance[row * dimensions + column] += weighted * (point[column] - mean[column]);
      }
    }
  }
  return { total, mean, covariance };
}

/** Takes Cholesky's factor of the covariance with the ridge on its diagonal. */
function component(weight: number, mean: Float64Array, covariance: Float64Array, ridge: Float64Array): Component {
  const dimensions = mean.length;
  const factor = covariance.slice();
  for (let row = 0; row < dimensions; row++) factor[row * (dimensions + 1)] += ridge[row];
  if (!choleskyFactor(factor, dimensions)) throw new FailureError("a density has closed in on fewer dimensions.");
  let constant = Math.log(weight) - dimensions / 2 * Math.log(2 * Math.PI);
  for (let row = 0; row < dimensions; row++) constant -= Math.log(factor[row * (dimensions + 1)]);
  return { mean, factor, constant };
}

/** Returns ln of the mixture's density at a point, and writes the share of each component in it. */
function logDensityOf(mixture: readonly Component[], point: Float64Array, shares: Float64Array): number {
  const dimensions = point.length;
  const solved = new Float64Array(dimensions);
  let largest = -Infinity;
  for (let k = 0; k < mixture.length; k++) {
    const { mean, factor, constant } = mixture[k];
    for (let row = 0; row < dimensions; row++) solved[row] = point[row] - mean[row];
    solveLower(factor, dimensions, solved);
    let square = 0;
    for (let row = 0; row < dimensions; row++) square += solved[row] ** 2;
    shares[k] = constant - square / 2;
    largest = Math.max(largest, shares[k]);
  }
  let sum = 0;
  for (let k = 0; k < mixture.length; k++) sum += shares[k] = Math.exp(shares[k] - largest);
  for (let k = 0; k < mixture.length; k++) shares[k] /= sum;
  return largest + Math.log(sum);
}
