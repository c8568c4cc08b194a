/** The centre as a "non-uniform Gaussian": Gaussian values whose variance depends on the feature and on the neuron. */
import * as d3 from "d3-array";
import { type Gaussianity, gaussianity } from "./gaussianity.ts";
import { excessKurtosis } from "./moments.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";

/** Variance of the values whose feature or neuron has a given degree. */
export interface VarianceByDegree {
  /** The degree. */
  readonly degree: number;
  /** Features or neurons of this degree. */
  readonly nodes: number;
  /** Mean square of the values, averaged over the nodes. */
  readonly variance: number;
  /** Standard error over the nodes. */
  readonly error: number;
}

/** What non-uniform variance explains. */
export interface ScaleMixture {
  /** Variance by the degree of the feature, ascending. */
  readonly byFeatureDegree: readonly VarianceByDegree[];
  /** Variance by the degree of the neuron, ascending. */
  readonly byNeuronDegree: readonly VarianceByDegree[];
  /** Relative variance of the true variances over features, sampling error taken off. */
  readonly spreadOverFeatures: number;
  /** The same over neurons. */
  readonly spreadOverNeurons: number;
  /** Excess kurtosis of a mixture of Gaussians with these variances, factors for feature and neuron being independent. */
  readonly predictedKurtosis: number;
  /** Excess kurtosis of the values as they are. */
  readonly excessKurtosis: number;
  /** The values divided by the spreads of their feature and of their neuron. */
  readonly standardised: Gaussianity;
}

/**
 * Splits the variance of values at zeros of S by feature and by neuron.
 *
 * @param values a value for each of `pairs`
 * @param pairs i·h + j
 * @param signs S
 */
export function scaleMixture(values: Float32Array, pairs: Int32Array, signs: SignMatrix): ScaleMixture {
  const { hidden, featureDegrees, neuronDegrees } = signs;
  const sides = {
    feature: { nodeOf: (pair: number) => Math.floor(pair / hidden), degrees: featureDegrees },
    neuron: { nodeOf: (pair: number) => pair % hidden, degrees: neuronDegrees },
  };
  const total = meanSquare(values);
  const feature = variances(values, pairs, sides.feature.nodeOf, sides.feature.degrees.length);
  const neuron = variances(values, pairs, sides.neuron.nodeOf, sides.neuron.degrees.length);
  const standard = Float32Array.from(values, (value, index) => {
    const scale = feature.variance[sides.feature.nodeOf(pairs[index])] * neuron.variance[pairs[index] % hidden] / total;
    return scale > 0 ? value / Math.sqrt(scale) : 0;
  });
  const standardised = gaussianity(standard, pairs.map(sides.feature.nodeOf));
  const relative = { feature: relativeVariance(feature, standardised), neuron: relativeVariance(neuron, standardised) };
  return {
    byFeatureDegree: byDegree(feature.variance, sides.feature.degrees),
    byNeuronDegree: byDegree(neuron.variance, sides.neuron.degrees),
    spreadOverFeatures: relative.feature,
    spreadOverNeurons: relative.neuron,
    predictedKurtosis: 3 * ((1 + relative.feature) * (1 + relative.neuron) - 1),
    excessKurtosis: excessKurtosis(values),
    standardised,
  };
}

interface Variances {
  readonly variance: Float64Array;
  readonly count: Int32Array;
}

function variances(
  values: Float32Array,
  pairs: Int32Array,
  nodeOf: (pair: number) => number,
  nodes: number,
): Variances {
  const count = new Int32Array(nodes);
  const variance = new Float64Array(nodes);
  values.forEach((value, index) => {
    count[nodeOf(pairs[index])]++;
    variance[nodeOf(pairs[index])] += value * value;
  });
  return { count, variance: variance.map((sum, node) => count[node] > 0 ? sum / count[node] : 0) };
}

function meanSquare(values: Float32Array): number {
  return d3.mean(values, (value) => value * value) ?? 0;
}

/** Var(s²)/mean(s²)² over nodes, less the (κ + 2)/n that n values of excess kurtosis κ put into each estimate. */
function relativeVariance({ variance, count }: Variances, { excessKurtosis }: Gaussianity): number {
  const present = Array.from(variance.keys()).filter((node) => count[node] > 0);
  const mean = d3.mean(present, (node) => variance[node])!;
  const relative = d3.mean(present, (node) => (variance[node] / mean - 1) ** 2)!;
  const noise = d3.mean(present, (node) => (excessKurtosis + 2) / count[node])!;
  return Math.max(0, relative - noise);
}

function byDegree(variance: Float64Array, degreeOf: Int32Array): VarianceByDegree[] {
  const groups = Map.groupBy(degreeOf.keys(), (node) => degreeOf[node]);
  return [...groups].sort(([a], [b]) => a - b).map(([degree, nodes]) => {
    const mean = d3.mean(nodes, (node) => variance[node])!;
    // One node has no spread to take an error from: the whole value is its error.
    const error = nodes.length > 1 ? d3.deviation(nodes, (node) => variance[node])! / Math.sqrt(nodes.length) : mean;
    return { degree, nodes: nodes.length, variance: mean, error };
  });
}

/** The spread of the values at each degree that at least ten nodes have, with its standard error. */
export function spreadByDegree(variances: readonly VarianceByDegree[]) {
  return variances.filter(({ nodes }) => nodes >= 10).map(({ degree, variance, error }) => {
    const spread = Math.sqrt(variance);
    return { degree, spread, error: error / (2 * spread) };
  });
}
