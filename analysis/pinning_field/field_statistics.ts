/** The pinning field by cluster: what it predicts by itself, how well it is known, and where it comes from. */
import { type Agreement, agreementOf } from "../statistics/agreement.ts";
import { type ByCluster, byCluster, foldedValues, type Region } from "../displacements/displacement_clusters.ts";
import { displacementsWithin } from "../displacements/ideal_configuration.ts";
import { spread } from "../statistics/moments.ts";
import type { SampledGradient } from "../derivatives/sampled_gradient.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { addScaled, matrices, scaled, type WeightVector } from "../derivatives/weight_vector.ts";

/** The field in one kind of cluster. */
export interface FieldStatistics extends Agreement {
  /** Standard error of the field over its spread in the cluster. */
  readonly relativeError: number;
}

/** Where the field on the encoder comes from, as fractions of its variance; the three add up to 1. */
export interface FieldSources {
  /** Exerted by the noise of the input. */
  readonly noise: number;
  /** Exerted by the features that are on. */
  readonly signal: number;
  /** Twice the covariance of both: negative where they oppose each other. */
  readonly interplay: number;
}

/** How much of the field's variance a property of S accounts for: R² of the field's means given the property. */
export interface FieldOrigins {
  /** The degrees of the pair's feature and neuron. */
  readonly degrees: number;
  /** The local formula of `localTheory`, fitted to the field: overlaps through shared neurons, and degrees. */
  readonly neighbourhood: number;
}

/** How precisely a field is to be measured. */
export interface FieldPrecision {
  /** Standard error over spread, in every cluster, at which the measurement ends. */
  readonly relativeError: number;
  /** Samples of a round, in both halves together. */
  readonly samplesPerRound: number;
  /** Rounds at the most. */
  readonly rounds: number;
}

/**
 * The gradient in two independent halves, from more and more samples until it is precise enough.
 *
 * @param gradientOf measures a gradient; `part` tells the samples of one call from those of another
 */
export async function preciseField(
  gradientOf: (samples: number, part: number) => Promise<SampledGradient>,
  signs: SignMatrix,
  { relativeError, samplesPerRound, rounds }: FieldPrecision,
): Promise<readonly [SampledGradient, SampledGradient]> {
  const halves: SampledGradient[][] = [[], []];
  for (let round = 1;; round++) {
    for (const [half, parts] of halves.entries()) {
      parts.push(await gradientOf(samplesPerRound / 2, 2 * round + half));
    }
    const [left, right] = halves.map(meanGradient);
    const errors = relativeErrors([left, right], signs);
    const worst = Math.max(...matrices.flatMap((matrix) => Object.values(errors[matrix])));
    if (worst < relativeError || round === rounds) return [left, right];
  }
}

/** The mean over parts of equal size. */
function meanGradient(parts: readonly SampledGradient[]): SampledGradient {
  const factor = 1 / parts.length;
  const sum = parts.reduce((a, b) => ({
    objective: a.objective + b.objective,
    gradient: addScaled(a.gradient, 1, b.gradient),
    fromNoise: a.fromNoise.map((value, pair) => value + b.fromNoise[pair]),
    samples: a.samples + b.samples,
  }));
  return {
    objective: factor * sum.objective,
    gradient: scaled(factor, sum.gradient),
    fromNoise: sum.fromNoise.map((value) => factor * value),
    samples: sum.samples,
  };
}

/**
 * Standard error of the mean of two halves over its spread, by cluster. As for displacements, the mean of a class is no
 * part of the spread: it moves the class, not its members against each other.
 */
function relativeErrors(halves: readonly SampledGradient[], signs: SignMatrix): ByCluster<number> {
  const [left, right] = halves.map(({ gradient }) => displacementsWithin(gradient, signs));
  const mean = foldedValues(scaled(0.5, addScaled(left, 1, right)), signs);
  const half = foldedValues(scaled(0.5, addScaled(left, -1, right)), signs);
  return byCluster((matrix, region) => spread(half[matrix][region]) / spread(mean[matrix][region]));
}

/**
 * The field's agreement with the displacements and its own sampling error, from two independent halves.
 * See {@linkcode analysePinningField}.
 */
export function fieldStatistics(
  halves: readonly SampledGradient[],
  field: WeightVector,
  learned: WeightVector,
  signs: SignMatrix,
): ByCluster<FieldStatistics> {
  const errors = relativeErrors(halves, signs);
  const [predicted, actual] = [displacementsWithin(field, signs), learned].map((vector) => foldedValues(vector, signs));
  return byCluster((matrix, region) => {
    const agreement = agreementOf(predicted[matrix][region], actual[matrix][region]);
    // A field has no units of displacement: only its best multiple can be compared with one.
    const scaledAgreement = { ...agreement, r2: agreement.correlation ** 2 };
    return { ...scaledAgreement, relativeError: errors[matrix][region] };
  });
}

/**
 * Spread of a residual force over that of the field, by cluster, from two independent halves of the force: their covariance has no
 * sampling error in the mean. 0 where the force is lost in the noise.
 */
export function relativeForce(
  halves: readonly Pick<SampledGradient, "gradient">[],
  field: WeightVector,
  signs: SignMatrix,
): ByCluster<number> {
  const vectors = [...halves.map(({ gradient }) => gradient), field];
  const [left, right, whole] = vectors.map((vector) => foldedValues(displacementsWithin(vector, signs), signs));
  return byCluster((matrix, region) => {
    const { correlation, learnedSpread, predictedSpread } = agreementOf(left[matrix][region], right[matrix][region]);
    return Math.sqrt(Math.max(0, correlation) * learnedSpread * predictedSpread) / spread(whole[matrix][region]);
  });
}

/**
 * The variance of the field on the encoder, split into the force of the noise and that of the signal.
 * See {@linkcode analysePinningField}.
 */
export function fieldSources(
  halves: readonly SampledGradient[],
  signs: SignMatrix,
): Readonly<Record<Region, FieldSources>> {
  const whole = halves[0].gradient.encoder.map((value, pair) => (value + halves[1].gradient.encoder[pair]) / 2);
  const noise = halves[0].fromNoise.map((value, pair) => (value + halves[1].fromNoise[pair]) / 2);
  const fold = (encoder: Float32Array) => foldedValues({ encoder, decoder: encoder }, signs).encoder;
  const [all, fromNoise, fromSignal] = [whole, noise, whole.map((value, pair) => value - noise[pair])].map(fold);
  const of = (region: Region): FieldSources => {
    const variance = spread(all[region]) ** 2;
    const [noisy, clean] = [spread(fromNoise[region]) ** 2 / variance, spread(fromSignal[region]) ** 2 / variance];
    return { noise: noisy, signal: clean, interplay: 1 - noisy - clean };
  };
  return { centre: of("centre"), corner: of("corner") };
}

/**
 * How much of the field follows from degrees alone, and how much from the local formula.
 * See {@linkcode analysePinningField}.
 */
export function fieldOrigins(field: WeightVector, formula: WeightVector, signs: SignMatrix): ByCluster<FieldOrigins> {
  const { hidden, featureDegrees, neuronDegrees } = signs;
  // The means given both degrees; at zeros of S the sign of the field is the neuron's, so its bias is part of the key.
  const totals = new Int32Array(hidden);
  signs.entries.forEach((sign, pair) => totals[pair % hidden] += sign);
  // One whole number for the four: degrees and bias are below the number of features + 1.
  const base = 2 * signs.features + 1;
  const keys = Float64Array.from(signs.entries, (sign, pair) => {
    const [i, j] = [Math.floor(pair / hidden), pair % hidden];
    const bias = (sign || 1) * totals[j] + signs.features;
    return ((Math.abs(sign) * base + featureDegrees[i]) * base + neuronDegrees[j]) * base + bias;
  });
  const meanField = {
    encoder: groupMeans(field.encoder, keys, signs),
    decoder: groupMeans(field.decoder, keys, signs),
  };
  const [values, byDegrees, byFormula] = [field, meanField, formula].map((vector) => foldedValues(vector, signs));
  return byCluster((matrix, region) => ({
    degrees: agreementOf(byDegrees[matrix][region], values[matrix][region]).r2,
    neighbourhood: agreementOf(byFormula[matrix][region], values[matrix][region]).r2,
  }));
}

/**
 * For every pair the mean of the folded values of the other pairs with its key, unfolded again: no value predicts itself.
 * A pair that is alone with its key gets the mean of its region, which is 0 for the zeros of S.
 */
function groupMeans(values: Float32Array, keys: Float64Array, { entries }: SignMatrix): Float32Array {
  const sums = new Map<number, { sum: number; count: number }>();
  values.forEach((value, pair) => {
    const group = sums.get(keys[pair]) ?? { sum: 0, count: 0 };
    group.sum += value * (entries[pair] || 1);
    group.count++;
    sums.set(keys[pair], group);
  });
  let [cornerSum, corners] = [0, 0];
  values.forEach((value, pair) => {
    cornerSum += entries[pair] * value;
    corners += Math.abs(entries[pair]);
  });
  const cornerMean = cornerSum / Math.max(1, corners);
  return values.map((value, pair) => {
    const sign = entries[pair] || 1;
    const { sum, count } = sums.get(keys[pair])!;
    if (count > 1) return sign * (sum - value * sign) / (count - 1);
    return entries[pair] * cornerMean;
  });
}
