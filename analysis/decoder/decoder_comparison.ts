/** The trained decoder beside the best ones for the same encoder, in numbers. */
import { isKHot } from "../../models/experiment/requirements.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import { heldOutLoss } from "../../models/training/evaluation.ts";
import type { Subject } from "../report/section.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { type ConstantDecoder, constantDecoder } from "./constant_decoder.ts";
import { optimalDecoder } from "./optimal_decoder.ts";

/** A held-out objective. */
export interface MeasuredObjective {
  /** Mean over fresh samples, penalties included. */
  readonly objective: number;
  /** Over samples. */
  readonly standardError: number;
}

/** The decoder corners of the features of one degree: means of D·S over their nonzeros. */
export interface CornersOfDegree {
  /** n: neurons of the feature. */
  readonly degree: number;
  /** How many features have it. */
  readonly features: number;
  /** With the trained decoder. */
  readonly trained: number;
  /** With the optimal decoder. */
  readonly optimal: number;
  /** b_n of `constantDecoder`, from the moments of an average neuron. */
  readonly theory: number;
}

/** Key `decoder` of `analysis.json`. */
export interface DecoderData {
  /** The trained weights as they are. */
  readonly trained: MeasuredObjective;
  /** The optimal decoder for the trained encoder; the objective on its own samples is a lower bound. */
  readonly optimal: MeasuredObjective & { readonly fittedObjective: number };
  /** The same for c·S in the place of the encoder. */
  readonly rounded: MeasuredObjective & { readonly amplitude: number };
  /** b·S for the trained encoder, b in closed form. */
  readonly constant: { readonly amplitude: number; readonly objective: number };
  /** A row for each degree, ascending. */
  readonly corners: readonly CornersOfDegree[];
  /** 1 − |trained − optimal|² / |trained|² over all decoder weights. */
  readonly explained: number;
}

const samples = 131072;

/** Compares the decoders of a run; null for another loss or where nothing has frozen. */
export async function compareDecoders({ config, weights, signs, device }: Subject): Promise<DecoderData | null> {
  if (config.loss.name !== "rebalanced" || !isKHot(config) || signs.edges === 0) return null;
  const options = { samples, seed: config.training.seed, device };
  async function evaluate(encoder: Float32Array, decoder: Float32Array): Promise<MeasuredObjective> {
    const { objective, standardError } = await heldOutLoss(config, { ...weights, encoder, decoder }, options);
    return { objective, standardError };
  }
  const { decoder: optimal, fittedObjective } = await optimalDecoder(weights, config, options);
  const amplitude = weights.encoder.reduce((sum, weight, pair) => sum + weight * signs.entries[pair], 0) / signs.edges;
  const rounded = Float32Array.from(signs.entries, (sign) => amplitude * sign);
  const ofRounded = await optimalDecoder({ ...weights, encoder: rounded }, config, options);
  const constant = await constantDecoder(weights.encoder, signs, config, options);
  return {
    trained: await evaluate(weights.encoder, weights.decoder),
    optimal: { ...await evaluate(weights.encoder, optimal), fittedObjective },
    rounded: { ...await evaluate(rounded, ofRounded.decoder), amplitude },
    constant: { amplitude: constant.amplitude, objective: constant.objective },
    corners: cornersByDegree(weights, optimal, constant, signs),
    explained: explained(weights.decoder, optimal),
  };
}

/** The corners of the trained, the optimal and the theoretical decoder, by ascending degree. */
function cornersByDegree(
  { hidden, decoder }: Weights,
  optimal: Float32Array,
  constant: ConstantDecoder,
  { featureDegrees, entries }: SignMatrix,
): CornersOfDegree[] {
  const degrees = [...new Set(featureDegrees)].filter((degree) => degree > 0).sort((a, b) => a - b);
  return degrees.map((degree) => {
    let [features, trainedSum, optimalSum] = [0, 0, 0];
    featureDegrees.forEach((own, feature) => {
      if (own !== degree) return;
      features++;
      for (let pair = feature * hidden; pair < (feature + 1) * hidden; pair++) {
        trainedSum += entries[pair] * decoder[pair];
        optimalSum += entries[pair] * optimal[pair];
      }
    });
    const nonzeros = features * degree;
    const theory = constant.amplitudeAtDegree(degree);
    return { degree, features, trained: trainedSum / nonzeros, optimal: optimalSum / nonzeros, theory };
  });
}

/** 1 − |trained − optimal|² / |trained|². */
function explained(trained: Float32Array, optimal: Float32Array): number {
  let misses = 0;
  let squares = 0;
  trained.forEach((weight, pair) => {
    misses += (weight - optimal[pair]) ** 2;
    squares += weight ** 2;
  });
  return 1 - misses / squares;
}
