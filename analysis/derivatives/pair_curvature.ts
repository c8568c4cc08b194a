/**
 * The curvature that a weight pair (E[j,i], D[i,j]) feels from itself: a 2×2 block of the Hessian, pooled over pairs that
 * are alike. It preconditions the solve for the linear response, and is a linear response of its own where neighbours
 * do not answer.
 */
import { randomStream } from "../../models/random.ts";
import type { SampledHessian } from "./sampled_hessian.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { matrices, type WeightVector, zeroVector } from "./weight_vector.ts";

/** Blocks of the Hessian by class: [E E, E D; E D, D D]. */
export interface PairCurvature {
  /** The class of every pair. */
  readonly classOf: Int32Array;
  readonly encoder: Float64Array;
  readonly decoder: Float64Array;
  readonly mixed: Float64Array;
}

/**
 * Pairs that are alike: zeros of S by their neuron, nonzeros by the degree of their feature.
 *
 * @returns the number of the class of every pair; neurons first, then degrees
 */
export function curvatureClasses(signs: SignMatrix): Int32Array {
  const { hidden, entries, featureDegrees } = signs;
  return Int32Array.from(
    entries,
    (sign, pair) => sign === 0 ? pair % hidden : hidden + featureDegrees[Math.floor(pair / hidden)],
  );
}

/**
 * Estimates the blocks by random probes: for v of independent signs, (H v)_a v_b has the mean H_ab (Hutchinson,
 * Communications in Statistics 19 (1990)); the mean over a class does the rest.
 */
export async function pairCurvature(
  hessian: Pick<SampledHessian, "product">,
  classOf: Int32Array,
  { probes = 2, seed = 0 } = {},
): Promise<PairCurvature> {
  const classes = classOf.reduce((most, value) => Math.max(most, value), 0) + 1;
  const [encoder, decoder, mixed, counts] = Array.from({ length: 4 }, () => new Float64Array(classes));
  const random = randomStream(seed, "probes");
  for (let probe = 0; probe < probes; probe++) {
    const signs = zeroVector(classOf.length);
    for (const matrix of matrices) {
      for (let pair = 0; pair < classOf.length; pair++) signs[matrix][pair] = random.uniform() < 0.5 ? -1 : 1;
    }
    const image = await hessian.product(signs);
    for (let pair = 0; pair < classOf.length; pair++) {
      const own = classOf[pair];
      counts[own]++;
      encoder[own] += image.encoder[pair] * signs.encoder[pair];
      decoder[own] += image.decoder[pair] * signs.decoder[pair];
      mixed[own] += (image.encoder[pair] * signs.decoder[pair] + image.decoder[pair] * signs.encoder[pair]) / 2;
    }
  }
  for (const block of [encoder, decoder, mixed]) {
    for (let own = 0; own < classes; own++) if (counts[own] > 0) block[own] /= counts[own];
  }
  return { classOf, encoder, decoder, mixed };
}

/**
 * The nearest blocks that are safely positive: in units in which the mean curvature of either matrix is 1, eigenvalues
 * are replaced by their magnitudes, and those below `floor` by `floor`.
 */
export function positiveCurvature(curvature: PairCurvature, floor: number): PairCurvature {
  const { classOf } = curvature;
  const scale = { encoder: 0, decoder: 0 };
  for (const matrix of matrices) {
    for (const own of classOf) scale[matrix] += Math.abs(curvature[matrix][own]) / classOf.length;
  }
  const coupling = Math.sqrt(scale.encoder * scale.decoder);
  const result = {
    classOf,
    encoder: curvature.encoder.slice(),
    decoder: curvature.decoder.slice(),
    mixed: curvature.mixed.slice(),
  };
  for (const own of new Set(classOf)) {
    const a = curvature.encoder[own] / scale.encoder;
    const b = curvature.decoder[own] / scale.decoder;
    const c = curvature.mixed[own] / coupling;
    const angle = Math.atan2(c, (a - b) / 2) / 2;
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    const half = Math.hypot((a - b) / 2, c);
    const [large, small] = [(a + b) / 2 + half, (a + b) / 2 - half].map((value) => Math.max(Math.abs(value), floor));
    result.encoder[own] = scale.encoder * (large * cosine ** 2 + small * sine ** 2);
    result.decoder[own] = scale.decoder * (large * sine ** 2 + small * cosine ** 2);
    result.mixed[own] = coupling * (large - small) * cosine * sine;
  }
  return result;
}

/** B·v, the blocks applied to every pair. */
export function applyCurvature({ classOf, encoder, decoder, mixed }: PairCurvature, v: WeightVector): WeightVector {
  const result = zeroVector(classOf.length);
  for (let pair = 0; pair < classOf.length; pair++) {
    const own = classOf[pair];
    result.encoder[pair] = encoder[own] * v.encoder[pair] + mixed[own] * v.decoder[pair];
    result.decoder[pair] = mixed[own] * v.encoder[pair] + decoder[own] * v.decoder[pair];
  }
  return result;
}

/** B⁻¹·v, the blocks solved for every pair. */
export function solveCurvature({ classOf, encoder, decoder, mixed }: PairCurvature, v: WeightVector): WeightVector {
  const result = zeroVector(classOf.length);
  for (let pair = 0; pair < classOf.length; pair++) {
    const own = classOf[pair];
    const determinant = encoder[own] * decoder[own] - mixed[own] ** 2;
    result.encoder[pair] = (decoder[own] * v.encoder[pair] - mixed[own] * v.decoder[pair]) / determinant;
    result.decoder[pair] = (encoder[own] * v.decoder[pair] - mixed[own] * v.encoder[pair]) / determinant;
  }
  return result;
}
