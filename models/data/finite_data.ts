/** A training set of n k-hot samples: supports and noise are drawn once, and each step takes some of them. */
import { z } from "zod";
import { multiply } from "../graph/elementwise_ops.ts";
import { countedNormalRows, keySequence } from "../graph/counted_random_ops.ts";
import { randomStream, shuffle } from "../random.ts";
import { balancedSupports } from "./balanced_supports.ts";
import type { DataSource, StepRange } from "./data_source.ts";
import { kHot, type KHotOptions } from "./k_hot.ts";

/** The options of a finite training set; those of the k-hot task say how its samples are drawn. */
export interface FiniteOptions extends KHotOptions {
  /** n: how many samples there are. */
  readonly samples: number;
  /** Which training set; `training.seed` says in which order its samples come. @default 0 */
  readonly setSeed: number;
}

/**
 * The training set is never written down. A sample's noise is a function of its number, worked out where it is used, and the
 * supports of all samples follow from the seed: n may be as large as one likes.
 */
export const finite: DataSource<FiniteOptions> & Required<Pick<DataSource<FiniteOptions>, "obstacle" | "fresh">> = {
  options: z.strictObject({
    ...kHot.options.shape,
    samples: z.int().positive(),
    setSeed: z.int().nonnegative().default(0),
  }),
  obstacle(size, task) {
    const own = kHot.obstacle(size, task);
    if (own !== undefined) return own;
    if (size.supportsPerNoise !== 1) {
      return { key: "name", message: "samples of a finite set share no noise: training.supportsPerNoise must be 1" };
    }
    if (size.batch <= task.samples) return undefined;
    return { key: "samples", message: `must be at least training.batch = ${size.batch}, got ${task.samples}` };
  },
  fresh: ({ samples: _samples, setSeed: _setSeed, ...task }) => ({ ...task, name: "k-hot" }),
  inputs({ features, batch }, task, steps, seed) {
    const { activeFeatures } = task;
    const set = supportsOfSet(features, task);
    const chosen = samplesOf(task.samples, batch, steps, seed);
    const support = new BigInt64Array(chosen.length * activeFeatures);
    chosen.forEach((sample, index) => {
      const begin = Number(sample) * activeFeatures;
      support.set(set.subarray(begin, begin + activeFeatures), index * activeFeatures);
    });
    return {
      support: { data: support, shape: [batch, activeFeatures] },
      sample: { data: chosen, shape: [batch] },
    };
  },
  draw({ features }, { noise, noiseVariance, setSeed }, { support, sample }) {
    if (noise === "averaged") return { support };
    const key = keySequence(setSeed, "finite set")();
    return { support, noise: multiply(countedNormalRows("float32", features, key, sample), Math.sqrt(noiseVariance)) };
  },
};

/** The supports of all samples, one after another. */
function supportsOfSet(features: number, { samples, activeFeatures, supports, setSeed }: FiniteOptions): BigInt64Array {
  if (supports === "balanced") {
    const size = { features, activeFeatures, batch: samples };
    return balancedSupports(size, { first: 0, count: 1 }, setSeed).support.data as BigInt64Array;
  }
  const { integer } = randomStream(setSeed, "finite set");
  const set = new BigInt64Array(samples * activeFeatures);
  for (let begin = 0; begin < set.length; begin += activeFeatures) {
    const chosen = new Set<number>();
    while (chosen.size < activeFeatures) chosen.add(integer(features));
    set.set(Array.from(chosen, BigInt), begin);
  }
  return set;
}

/** The samples of some steps, by number: one random order of the set after another, without a gap between them. */
function samplesOf(samples: number, batch: number, { first, count }: StepRange, seed: number): BigInt64Array {
  const chosen = new BigInt64Array(count * batch);
  let order = new BigInt64Array();
  for (let index = 0, epoch = -1; index < chosen.length; index++) {
    const place = first * batch + index;
    const current = Math.floor(place / samples);
    if (current !== epoch) {
      epoch = current;
      order = BigInt64Array.from({ length: samples }, (_, sample) => BigInt(sample));
      shuffle(order, randomStream(seed, "epoch", epoch));
    }
    chosen[index] = order[place % samples];
  }
  return chosen;
}
