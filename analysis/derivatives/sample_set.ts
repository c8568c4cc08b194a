/** The samples that derivatives are averaged over: their number, and how they are dealt into batches. */
import { supportsInRounds } from "./balanced_batch.ts";
import type { Config } from "../../models/experiment/config.ts";
import { randomStream } from "../../models/random.ts";
import type { Device } from "../../models/runtime/device.ts";
import type { ArrayValue } from "../../models/runtime/session.ts";

/** Which samples the averages run over. */
export interface SampleSet {
  /** Least number of samples; rounded up to whole batches. */
  readonly samples: number;
  /** The same seed gives the same samples for the same number. */
  readonly seed: number;
  /** Where it is computed. @default "cpu" */
  readonly device?: Device;
}

/** A sample set in batches of equal size. Every support makes two samples, one with ξ and one with −ξ. */
export interface Batches {
  readonly count: number;
  /** Supports of a batch, in whole rounds of all features. */
  readonly supports: number;
  /** Samples of all batches. */
  readonly samples: number;
  /** The rounds of a batch. */
  readonly rounds: number;
}

/** Least number of supports of a batch. Large enough that forming DᵀD costs little beside them. */
const leastSupports = 2048;

/**
 * How many supports share a noise vector in a Hessian-vector product, which needs less precision than the force that it
 * answers; in a gradient sharing costs more in precision than it saves.
 */
export const hessianSharing = 4;

/** Deals samples into batches whose supports can share noise. */
export function batchesOf({ model: { features } }: Config, samples: number): Batches {
  let rounds = Math.ceil(leastSupports / features);
  while (rounds * features % hessianSharing !== 0) rounds++;
  const supports = rounds * features;
  const count = Math.ceil(samples / (2 * supports));
  return { count, supports, samples: 2 * count * supports, rounds };
}

/** The supports of all batches, int64 [count, supports, k]. */
export function drawSupports(
  { model: { features }, task: { activeFeatures } }: Config,
  batches: Batches,
  seed: number,
): ArrayValue {
  const { count, supports, rounds } = batches;
  return {
    data: supportsInRounds(features, activeFeatures, count * rounds, randomStream(seed, "supports")),
    shape: [count, supports, activeFeatures],
  };
}
