/**
 * All supports of one or two features, in batches that have every feature on equally often: put the features on a circle,
 * then all pairs at one distance are a batch of d samples.
 */
import type { Batch } from "../../data/batch.ts";
import type { Config } from "../../experiment/config.ts";
import { add, greaterOrEqual, multiply, subtract, where } from "../../graph/elementwise_ops.ts";
import { concatenate, gather, reshape } from "../../graph/layout_ops.ts";
import { staticShape } from "../../graph/tensor_shape.ts";
import { integers, scalar, type Tensor } from "../../graph/tensor.ts";

/** What supports there are. */
export interface SupportSize {
  /** d. */
  readonly features: number;
  /** k. */
  readonly activeFeatures: number;
}

/**
 * Samples of a batch, where that is more than d. Larger ones are no faster, and what is computed at every node of a quadrature
 * takes memory: 186 MiB in all for the objective of `laptop` with 512 samples, 485 MiB with 2048.
 */
const batchSamples = 512;

/** All supports of an experiment. */
export function supportsOf({ model, task }: Pick<Config, "model" | "task">): SupportBatches[] {
  return allSupports({ ...model, ...task }, batchSamples);
}

/** How many supports an experiment has, C(d, k); to some fifteen digits where it is beyond them. */
export function supportCount(
  { model: { features }, task: { activeFeatures } }: Pick<Config, "model" | "task">,
): number {
  let count = 1;
  for (let chosen = 1; chosen <= activeFeatures; chosen++) count *= (features - activeFeatures + chosen) / chosen;
  return Math.round(count);
}

/** Batches of one size. */
export interface SupportBatches {
  /** For each batch, the distances of its pairs, as many in each of them; none where k = 1. */
  readonly distances: readonly (readonly number[])[];
  /** Samples of a batch. */
  readonly samples: number;
  /** How much one of these samples counts: ½ where every pair occurs twice. */
  readonly weight: number;
}

/** How many supports there are in batches of one size. */
export function supportsIn({ distances, samples, weight }: SupportBatches): number {
  return distances.length * samples * weight;
}

/**
 * Deals all supports into batches. With d even, the pairs at distance d/2 come twice in their batch and count half.
 *
 * @param size k is 1 or 2
 * @param samples a batch has at most so many samples, though d at least
 */
export function allSupports({ features, activeFeatures }: SupportSize, samples: number): SupportBatches[] {
  if (activeFeatures === 1) return [{ distances: [[]], samples: features, weight: 1 }];
  const perBatch = Math.max(1, Math.floor(samples / features));
  const distances = Array.from({ length: Math.floor((features - 1) / 2) }, (_, index) => index + 1);
  const whole = distances.length - distances.length % perBatch;
  const groups = Array.from(
    { length: whole / perBatch },
    (_, batch) => distances.slice(batch * perBatch, (batch + 1) * perBatch),
  );
  const rest = distances.slice(whole);
  return [
    { distances: groups, samples: perBatch * features, weight: 1 },
    { distances: rest.length === 0 ? [] : [rest], samples: rest.length * features, weight: 1 },
    { distances: features % 2 === 0 ? [[features / 2]] : [], samples: features, weight: 0.5 },
  ].filter(({ distances }) => distances.length > 0);
}

/** The d supports of one feature. */
export function singles(features: number): Batch {
  const all = circleOf(features);
  return { support: reshape(all, [features, 1]), occurrences: { entries: [all], samples: [all] } };
}

/**
 * The pairs {t, t + distance}, modulo d, for t = 0 … d − 1 at each of some distances.
 *
 * @param distances int64 [n], each from 1 to d − 1
 */
export function pairsAt(features: number, distances: Tensor): Batch {
  const [count] = staticShape("pairsAt", distances.shape);
  const circle = reshape(circleOf(features), [1, features]);
  const steps = reshape(distances, [count, 1]);
  const ahead = add(circle, steps);
  const second = where(greaterOrEqual(ahead, features), subtract(ahead, features), ahead);
  const column = (indices: Tensor) => reshape(indices, [count * features, 1]);
  const support = concatenate([column(subtract(ahead, steps)), column(second)], 1);

  // Feature i comes first in the pair of t = i and second in that of t = i − distance, in the d pairs of either distance.
  const behind = subtract(circle, steps);
  const begun = where(greaterOrEqual(circle, steps), behind, add(behind, features));
  const samples = Array.from({ length: count }, (_, place) => {
    const ofPlace = (indices: Tensor) => add(gather(indices, scalar(place, "int64")), place * features);
    return [add(circleOf(features), place * features), ofPlace(begun)];
  });
  return {
    support,
    occurrences: {
      entries: samples.flatMap(([asFirst, asSecond]) => [multiply(asFirst, 2), add(multiply(asSecond, 2), 1)]),
      samples: samples.flat(),
    },
  };
}

function circleOf(features: number): Tensor {
  return integers(Array.from({ length: features }, (_, feature) => feature));
}
