/** The frozen signs S behind the weights, and what S looks like up to its exact symmetries. */
import * as d3 from "d3-array";
import type { Weights } from "../../models/network/network_weights.ts";
import { type Clusters, clustersOf } from "../clusters/clusters.ts";
import { pairOverlaps } from "./overlaps.ts";
import { type Incidence, type SignMatrix, signMatrix } from "./sign_matrix.ts";

/** A mean and its standard error. */
export interface Estimate {
  /** The mean. */
  readonly value: number;
  /** Standard error over independent features or neurons, as the field says. */
  readonly error: number;
}

/** A sign statistic beside what it would be if all signs were independent and fair. */
export interface SignTest {
  /** As measured. */
  readonly value: number;
  /** Its mean under independent, fair signs. */
  readonly nullMean: number;
  /** Its spread under independent, fair signs. */
  readonly nullSd: number;
  /** (value − nullMean) / nullSd; null where the support leaves nothing to compare. */
  readonly z: number | null;
}

/** The macroscopic description of S. */
export interface SignStructure {
  /** p: fraction of nonzeros; error over features. */
  readonly density: Estimate;
  /** c: mean |E| over the nonzeros; error over features. */
  readonly amplitude: Estimate;
  /** Mean of D·S over the nonzeros; error over features. */
  readonly decoderAmplitude: Estimate;
  /** p·h: mean degree of a feature; error over features. */
  readonly neuronsPerFeature: Estimate;
  /** p·d: mean degree of a neuron; error over neurons. */
  readonly featuresPerNeuron: Estimate;
  /** How many features have 0, 1, 2, … neurons. */
  readonly featureDegrees: readonly number[];
  /** How many neurons serve 0, 1, 2, … features. */
  readonly neuronDegrees: readonly number[];
  /** Fraction of the nonzeros that carry the majority sign of their neuron. Invariant under flips of neurons. */
  readonly rowSignPurity: SignTest;
  /** Mean product of two signs of one neuron, over all such pairs. Invariant under flips of neurons. */
  readonly correlationWithinNeurons: SignTest;
  /**
   * Mean product of two signs of one feature, over all such pairs. Flipping a neuron (its row of E and its column of D)
   * changes nothing in an odd network but changes this: it says which gauge the training fell into, not more.
   */
  readonly correlationWithinFeatures: SignTest;
  /**
   * Mean product of the four signs where two features share two neurons: the correlation within features that no flip
   * of a neuron changes. 1: no frustration; 0: independent signs.
   */
  readonly plaquetteMean: SignTest;
}

/**
 * S of a network: the signs that its weights have frozen into, zero where nothing has.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { preset } from "../../models/experiment/presets.ts";
 * import { train } from "../../models/training/trainer.ts";
 * import { signs } from "./signs.ts";
 * const small = { "model.features": 16, "model.hidden": 8, "training.steps": 4 } as const;
 * const { features, hidden, entries } = signs(await train(preset("quick", small)));
 * assertEquals([features, hidden, entries.length], [16, 8, 16 * 8]);
 * ```
 */
export function signs({ weights }: { readonly weights: Weights }): SignMatrix {
  return extractSigns(weights, clustersOf(weights));
}

/**
 * Reads S from the encoder: the sign of E where |E| exceeds the threshold between centre and corners, else 0.
 * See {@linkcode signStructure}.
 *
 * @param weights a trained network
 * @param clusters its clusters; without a threshold nothing has frozen and S is zero
 */
export function extractSigns(weights: Weights, clusters: Pick<Clusters, "threshold">): SignMatrix {
  const threshold = clusters.threshold ?? Infinity;
  const signOf = (weight: number) => Math.abs(weight) > threshold ? Math.sign(weight) : 0;
  return signMatrix(weights.features, weights.hidden, Int8Array.from(weights.encoder, signOf));
}

/**
 * Measures S and the amplitudes that the weights have on it.
 *
 * @param weights the network that S was read from
 * @param signs S
 * @throws {RangeError} if the sizes of weights and S differ
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { randomStream } from "../../models/random.ts";
 * import { findClusters } from "../clusters/clusters.ts";
 * import { valuesByDegree } from "../clusters/values_by_degree.ts";
 * import { iidSigns } from "../random_graph/null_models.ts";
 * import { orderParameters } from "./order_parameters.ts";
 * import { cornerClasses } from "./sign_matrix.ts";
 * import { extractSigns, signStructure } from "./signs.ts";
 * const size = { features: 64, hidden: 32 };
 * const random = randomStream(1);
 * const planted = iidSigns({ ...size, edges: 200 }, random);
 * const around = (amplitude: number) =>
 *   Float32Array.from(planted.entries, (sign) => amplitude * (sign + 0.02 * random.normal()));
 * const weights = { ...size, encoder: around(1.5), decoder: around(0.2) };
 * const signs = extractSigns(weights, findClusters(weights));
 * assertEquals(signs.entries, planted.entries);
 * const { amplitude, featureDegrees } = signStructure(weights, signs); // c, and how many features have 0, 1, 2, … neurons
 * assertAlmostEquals(amplitude.value, 1.5, 0.01);
 * assertEquals(featureDegrees.reduce((sum, count) => sum + count), 64);
 * assertEquals(cornerClasses(signs).length, 200); // the degree of each nonzero's feature, by which its value differs:
 * console.log(valuesByDegree(weights, signs), orderParameters(weights, signs));
 * ```
 */
export function signStructure(weights: Weights, signs: SignMatrix): SignStructure {
  const { features, hidden, entries, byFeature, byNeuron, featureDegrees, neuronDegrees } = signs;
  if (weights.features !== features || weights.hidden !== hidden) {
    throw new RangeError(
      `S is ${features} × ${hidden} but the weights are ${weights.features} × ${weights.hidden}.`,
    );
  }
  const encoderSums = new Float64Array(features);
  const decoderSums = new Float64Array(features);
  for (let pair = 0; pair < entries.length; pair++) {
    const sign = entries[pair];
    if (sign === 0) continue;
    encoderSums[Math.floor(pair / hidden)] += sign * weights.encoder[pair];
    decoderSums[Math.floor(pair / hidden)] += sign * weights.decoder[pair];
  }
  const { fourCycles, signedFourCycles } = pairOverlaps(byFeature, byNeuron);
  const neuronsPerFeature = ratio(featureDegrees);
  return {
    density: { value: neuronsPerFeature.value / hidden, error: neuronsPerFeature.error / hidden },
    amplitude: ratio(encoderSums, featureDegrees),
    decoderAmplitude: ratio(decoderSums, featureDegrees),
    neuronsPerFeature,
    featuresPerNeuron: ratio(neuronDegrees),
    featureDegrees: counts(featureDegrees),
    neuronDegrees: counts(neuronDegrees),
    rowSignPurity: rowSignPurity(byNeuron),
    correlationWithinNeurons: pairCorrelation(byNeuron),
    correlationWithinFeatures: pairCorrelation(byFeature),
    plaquetteMean: fairSignTest(signedFourCycles, fourCycles),
  };
}

/** How many nodes have 0, 1, 2, … edges. */
function counts(degrees: Int32Array): number[] {
  const result = new Array<number>(d3.max(degrees)! + 1).fill(0);
  for (const degree of degrees) result[degree]++;
  return result;
}

/** Σ numerators / Σ denominators (all 1 if not given), with the error of the ratio over independent nodes. */
function ratio(numerators: ArrayLike<number>, denominators?: ArrayLike<number>): Estimate {
  const nodes = numerators.length;
  let numerator = 0;
  let denominator = 0;
  for (let node = 0; node < nodes; node++) {
    numerator += numerators[node];
    denominator += denominators?.[node] ?? 1;
  }
  if (denominator === 0) return { value: 0, error: 0 };
  const value = numerator / denominator;
  let squares = 0;
  for (let node = 0; node < nodes; node++) squares += (numerators[node] - value * (denominators?.[node] ?? 1)) ** 2;
  return { value, error: Math.sqrt(squares * nodes / Math.max(1, nodes - 1)) / denominator };
}

/** The sum of ±1 products that fair independent signs would make uncorrelated, as a mean with its test. */
function fairSignTest(sum: number, products: number): SignTest {
  if (products === 0) return { value: 0, nullMean: 0, nullSd: 0, z: null };
  return { value: sum / products, nullMean: 0, nullSd: 1 / Math.sqrt(products), z: sum / Math.sqrt(products) };
}

/** Mean product over all pairs of edges at one node: Σ (T² − n)/2 over Σ n(n − 1)/2, T the sum of a node's n signs. */
function pairCorrelation({ start, signs }: Incidence): SignTest {
  let sum = 0;
  let pairs = 0;
  for (let node = 0; node + 1 < start.length; node++) {
    const degree = start[node + 1] - start[node];
    let total = 0;
    for (let edge = start[node]; edge < start[node + 1]; edge++) total += signs[edge];
    sum += (total ** 2 - degree) / 2;
    pairs += degree * (degree - 1) / 2;
  }
  return fairSignTest(sum, pairs);
}

/** Σ max(n₊, n₋) / Σ n over neurons, against fair signs on the same support: n₊ binomial(n, ½). */
function rowSignPurity({ start, signs }: Incidence): SignTest {
  let majority = 0;
  let expected = 0;
  let variance = 0;
  for (let neuron = 0; neuron + 1 < start.length; neuron++) {
    const degree = start[neuron + 1] - start[neuron];
    let total = 0;
    for (let edge = start[neuron]; edge < start[neuron + 1]; edge++) total += signs[edge];
    majority += (degree + Math.abs(total)) / 2;
    const mean = meanAbsoluteSum(degree);
    expected += (degree + mean) / 2;
    variance += (degree - mean ** 2) / 4;
  }
  const edges = signs.length;
  if (edges === 0) return { value: 0, nullMean: 0, nullSd: 0, z: null };
  const spread = Math.sqrt(variance);
  return {
    value: majority / edges,
    nullMean: expected / edges,
    nullSd: spread / edges,
    z: spread === 0 ? null : (majority - expected) / spread,
  };
}

/**
 * Mean distance from the origin of a fair walk of n steps: E|T₁| = 1, and every second step multiplies it:
 * E|T₂ₘ| = E|T₂ₘ₋₁|, E|T₂ₘ₊₁| = E|T₂ₘ| (2m + 1)/(2m).
 */
function meanAbsoluteSum(steps: number): number {
  if (steps === 0) return 0;
  let mean = 1;
  for (let even = 2; even < steps; even += 2) mean *= (even + 1) / even;
  return mean;
}
