/** The distributions of degrees and of hits that the mean-field theory averages over. */
import * as d3 from "d3-array";

/** Probabilities of the non-negative integers in `values`. */
export interface DegreeDistribution {
  /** Ascending. */
  readonly values: Int32Array;
  /** They add up to 1. */
  readonly probabilities: Float64Array;
}

/** Terms below this share of the total are left out of a distribution. */
const NEGLIGIBLE = 1e-7;

/**
 * Degrees of an independent random graph: how many of `trials` entries are nonzero, each with probability `density`.
 *
 * @param trials number of entries
 * @param density chance of a nonzero entry, 0 < density < 1
 * @returns Binomial(trials, density) without its negligible tails
 */
export function binomialDegrees(trials: number, density: number): DegreeDistribution {
  const odds = Math.log(density / (1 - density));
  let logProbability = trials * Math.log1p(-density);
  const values: number[] = [];
  const probabilities: number[] = [];
  for (let value = 0; value <= trials; value++) {
    const probability = Math.exp(logProbability);
    if (probability > NEGLIGIBLE) {
      values.push(value);
      probabilities.push(probability);
    } else if (values.length > 0) break;
    logProbability += odds + Math.log((trials - value) / (value + 1));
  }
  return normalised(values, probabilities);
}

/**
 * Degrees of a graph as regular as its mean allows: the two integers that enclose the mean.
 *
 * @param mean mean degree, ≥ 0
 * @returns a distribution on ⌊mean⌋ and ⌊mean⌋ + 1 with that mean
 */
export function regularDegrees(mean: number): DegreeDistribution {
  const lower = Math.floor(mean);
  return normalised([lower, lower + 1], [lower + 1 - mean, mean - lower]);
}

/**
 * The degrees met by following a random edge instead of picking a random node: each degree weighted by itself.
 *
 * @param degrees the distribution over nodes
 * @returns the distribution over edges; degree 0 is not in it
 */
export function overEdges(degrees: DegreeDistribution): DegreeDistribution {
  const weights = Array.from(degrees.probabilities, (probability, a) => probability * degrees.values[a]);
  const met = weights.flatMap((weight, a) => weight > 0 ? [a] : []);
  return normalised(met.map((a) => degrees.values[a]), met.map((a) => weights[a]));
}

/**
 * How many of `marked` items among `population` are in a random draw of `draws` without replacement.
 *
 * @returns the hypergeometric distribution
 */
export function hypergeometricHits(population: number, marked: number, draws: number): DegreeDistribution {
  const values: number[] = [];
  const probabilities: number[] = [];
  for (let hits = Math.max(0, draws - population + marked); hits <= Math.min(draws, marked); hits++) {
    values.push(hits);
    probabilities.push(Math.exp(
      logBinomial(marked, hits) + logBinomial(population - marked, draws - hits) - logBinomial(population, draws),
    ));
  }
  return normalised(values, probabilities);
}

/** ln of the binomial coefficient "total over chosen", as a sum of min(chosen, total − chosen) terms. */
function logBinomial(total: number, chosen: number): number {
  let sum = 0;
  for (let a = 1; a <= Math.min(chosen, total - chosen); a++) {
    sum += Math.log((total - a + 1) / a);
  }
  return sum;
}

function normalised(values: readonly number[], weights: readonly number[]): DegreeDistribution {
  const total = d3.sum(weights);
  return { values: Int32Array.from(values), probabilities: Float64Array.from(weights, (weight) => weight / total) };
}
