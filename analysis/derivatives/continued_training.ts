/** What changes when a training goes on, and how far its noise blurs the displacements. */
import type { Config } from "../../models/experiment/config.ts";
import { hashSeed } from "../../models/random.ts";
import type { Device } from "../../models/runtime/device.ts";
import { type Agreement, correlationError } from "../statistics/agreement.ts";
import { descent, type SignChanges, signChanges } from "../basins/basin_descent.ts";
import { type ByCluster, byCluster, foldedValues, pairsByRegion } from "../displacements/displacement_clusters.ts";
import { clusterAgreement } from "../displacements/cluster_agreement.ts";
import { amplitudeOf, displacementsWithin } from "../displacements/ideal_configuration.ts";
import { settledAgreement } from "../displacements/outliers.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { addScaled, type ByMatrix, scaled, type WeightVector, zeroVector } from "./weight_vector.ts";

/** Options of `continueTraining`. */
export interface ContinuedTrainingOptions {
  /** Training steps of either continuation. */
  readonly steps: number;
  /** Peak learning rate, which falls to 0. */
  readonly learningRate: number;
  /** Fixes the fresh data. */
  readonly seed: number;
  /** Where it trains. */
  readonly device: Device;
}

/** Two continuations of one training, on different data. */
export interface ContinuedTraining extends WeightVector {
  /** Training steps of either continuation. */
  readonly steps: number;
  /** Peak learning rate. */
  readonly learningRate: number;
  /**
   * Either continuation: the mean of the weights at the ends of the chunks in its second half. `encoder` and `decoder` are
   * the mean of both.
   */
  readonly replicas: readonly [WeightVector, WeightVector];
}

/**
 * Lets a training go on at a low, falling learning rate, twice on different data. Averages over the way hold less noise
 * than any point of it (Polyak and Juditsky, SIAM J. Control Optim. 30 (1992)). See {@linkcode newtonSteps}.
 */
export async function continueTraining(
  config: Config,
  weights: WeightVector,
  { steps, learningRate, seed, device }: ContinuedTrainingOptions,
): Promise<ContinuedTraining> {
  // Some chunks to average over, also of a training whose chunks are long.
  const chunked = {
    ...config,
    training: { ...config.training, chunk: Math.min(config.training.chunk, Math.ceil(steps / 8)) },
  };
  const settle = async (replica: number): Promise<WeightVector> => {
    const dataSeed = hashSeed(seed, "continuation", replica);
    let sum = zeroVector(weights.encoder.length);
    let [chunks, averaged] = [0, 0];
    for await (const at of descent(chunked, weights, { steps, learningRate, seed: dataSeed, device })) {
      if (++chunks * chunked.training.chunk <= steps / 2) continue;
      sum = addScaled(sum, 1, at);
      averaged++;
    }
    return scaled(1 / averaged, sum);
  };
  const replicas = [await settle(1), await settle(2)] as const;
  return { steps, learningRate, replicas, ...scaled(0.5, addScaled(replicas[0], 1, replicas[1])) };
}

/** A prediction and a training compared with its continuation, displacements within classes all. */
export interface ContinuationAgreement extends Pick<ContinuedTraining, "steps" | "learningRate"> {
  /** Weights that crossed between −c, 0 and c. */
  readonly changes: SignChanges;
  /** Spread of the continued displacements over that of the learned ones. */
  readonly spread: ByCluster<number>;
  /** The displacements where the training ended, as a prediction of those after its continuation. */
  readonly learned: ByCluster<Agreement>;
  /** One continuation as a prediction of the other: they differ by the noise of the continuation, which is in both. */
  readonly replicas: ByCluster<Agreement>;
  /** The prediction from S against the mean of both continuations. */
  readonly predicted: ByCluster<Agreement>;
  /** Standard errors of its correlations. */
  readonly predictedError: ByCluster<number>;
  /** The same in the corners without the outliers of the learned weights. */
  readonly settled: ByMatrix<Agreement>;
}

/**
 * Compares a prediction from S with the weights after more training. See {@linkcode newtonSteps}.
 *
 * @param predicted predicted weights
 * @param learned the weights that S was read from
 * @param continued the same after more training
 * @param outliers of the learned weights
 * @param signs S
 */
export function continuationAgreement(
  predicted: WeightVector,
  learned: WeightVector,
  continued: ContinuedTraining,
  outliers: ByMatrix<readonly boolean[]>,
  signs: SignMatrix,
): ContinuationAgreement {
  const displacements = (weights: WeightVector) => foldedValues(displacementsWithin(weights, signs), signs);
  const pairs = pairsByRegion(signs);
  const features = {
    centre: pairs.centre.map((pair) => Math.floor(pair / signs.hidden)),
    corner: pairs.corner.map((pair) => Math.floor(pair / signs.hidden)),
  };
  const [fromSigns, start, end] = [predicted, learned, continued].map(displacements);
  const [first, second] = continued.replicas.map(displacements);
  const moved = clusterAgreement(start, end);
  return {
    steps: continued.steps,
    learningRate: continued.learningRate,
    changes: signChanges(learned.encoder, continued.encoder, amplitudeOf(learned, signs)),
    spread: byCluster((matrix, region) => moved[matrix][region].learnedSpread / moved[matrix][region].predictedSpread),
    learned: moved,
    replicas: clusterAgreement(first, second),
    predicted: clusterAgreement(fromSigns, end),
    predictedError: byCluster((matrix, region) =>
      correlationError(fromSigns[matrix][region], end[matrix][region], features[region])
    ),
    settled: settledAgreement(
      displacementsWithin(predicted, signs),
      displacementsWithin(continued, signs),
      outliers,
      signs,
    ),
  };
}
