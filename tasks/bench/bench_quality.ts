/** What a training reached, by one measure for every contender: the held-out objective and the structure of the weights. */
import { median } from "d3-array";
import type { Config } from "../../models/experiment/config.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import { heldOutLoss } from "../../models/training/evaluation.ts";

/** The structure that the encoder has frozen into. */
export interface Structure {
  /** c: mean |E| of the corner weights, those above c/2. */
  readonly amplitude: number;
  /** Standard deviation of their |E|, in units of c. */
  readonly spread: number;
  /** p·h: corner weights a feature. */
  readonly neuronsPerFeature: number;
  /** How many features have 0, 1, 2, … corner weights. */
  readonly featureDegrees: readonly number[];
  /** Weights with |E| between c/4 and 3c/4, those that have not decided, for one corner weight. */
  readonly undecided: number;
}

/** What a training reached. */
export interface Quality extends Structure {
  /** The loss with penalties on fresh samples. */
  readonly objective: number;
  /** Its standard error. */
  readonly standardError: number;
}

/** The quality that counts as reached. */
export interface Goal {
  /** Most that the held-out objective may be. */
  readonly objective: number;
  /** Most undecided weights for one corner weight. */
  readonly undecided: number;
}

/** Measures trained weights: structure, and the objective over fresh samples. */
export async function measureQuality(config: Config, weights: Weights): Promise<Quality> {
  const { objective, standardError } = await heldOutLoss(config, weights);
  return { objective, standardError, ...encoderStructure(weights) };
}

/**
 * Reads the structure from the encoder.
 *
 * The corner weights are those above c/2, c their mean |E|: found by repetition from half of the largest |E|.
 */
export function encoderStructure({ features, hidden, encoder }: Weights): Structure {
  const sizes = encoder.map(Math.abs);
  let amplitude = sizes.reduce((most, size) => Math.max(most, size), 0);
  let corners = cornersAbove(sizes, amplitude / 2);
  for (let previous = Infinity; corners.count > 0 && corners.mean !== previous;) {
    previous = amplitude = corners.mean;
    corners = cornersAbove(sizes, amplitude / 2);
  }
  const perFeature = new Int32Array(features);
  let undecided = 0;
  for (let pair = 0; pair < sizes.length; pair++) {
    if (sizes[pair] > amplitude / 2) perFeature[Math.floor(pair / hidden)]++;
    if (sizes[pair] > amplitude / 4 && sizes[pair] < 3 * amplitude / 4) undecided++;
  }
  const featureDegrees = new Array<number>(perFeature.reduce((most, degree) => Math.max(most, degree), 0) + 1).fill(0);
  for (const degree of perFeature) featureDegrees[degree]++;
  return {
    amplitude,
    spread: corners.deviation / amplitude,
    neuronsPerFeature: corners.count / features,
    featureDegrees,
    undecided: undecided / corners.count,
  };
}

function cornersAbove(sizes: Float32Array, threshold: number) {
  let [count, sum, squares] = [0, 0, 0];
  for (const size of sizes) {
    if (size <= threshold) continue;
    count++;
    sum += size;
    squares += size * size;
  }
  const mean = sum / count;
  return { count, mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}

/** Whether the medians over seeds reach a goal; never, if one seed diverged. */
export function reaches(qualities: readonly Quality[], goal: Goal): boolean {
  return qualities.every(({ objective }) => Number.isFinite(objective)) &&
    median(qualities, ({ objective }) => objective)! <= goal.objective &&
    median(qualities, ({ undecided }) => undecided)! <= goal.undecided;
}
