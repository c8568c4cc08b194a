/**
 * Samples of the task drawn so that averages over them converge fast: every feature is on equally often, pairs of
 * features meet as evenly as they can, and noise comes in pairs ±ξ. Means over them are free of bias all the same.
 */
import type { Config } from "../../models/experiment/config.ts";
import type { SampledBatch } from "../../models/data/batch.ts";
import { negate } from "../../models/graph/elementwise_ops.ts";
import { concatenate, reshape } from "../../models/graph/layout_ops.ts";
import { randomNormal, type SeedSequence } from "../../models/graph/random_ops.ts";
import { staticShape } from "../../models/graph/tensor_shape.ts";
import type { Tensor } from "../../models/graph/tensor.ts";
import { type RandomStream, shuffle } from "../../models/random.ts";

/**
 * Supports in rounds of d: the features are put on a circle in random order, and the d supports of a round are one
 * pattern of k offsets turned by every angle. With k = 2 the patterns are dealt without replacement, so that after
 * (d − 1)/2 rounds all pairs have met once.
 *
 * @param rounds how many rounds; the result holds `rounds · features` supports
 * @returns k indices for each support
 */
export function supportsInRounds(
  features: number,
  support: number,
  rounds: number,
  random: RandomStream,
): BigInt64Array<ArrayBuffer> {
  const result = new BigInt64Array(rounds * features * support);
  let circle: number[] = [];
  let distances: number[] = [];
  let written = 0;
  for (let round = 0; round < rounds; round++) {
    if (distances.length === 0) {
      circle = shuffled(features, random);
      distances = halfCircle(features, random);
    }
    const offsets = new Set([0]);
    if (support > 1) offsets.add(distances.pop()!);
    while (offsets.size < support) offsets.add(random.integer(features));
    for (let turn = 0; turn < features; turn++) {
      for (const offset of offsets) result[written++] = BigInt(circle[(offset + turn) % features]);
    }
  }
  return result;
}

/** The distances 1 … d/2 in random order. Half the circle brings every pair twice in one round, so it comes half as often. */
function halfCircle(features: number, random: RandomStream): number[] {
  const distances = shuffled(Math.floor((features - 1) / 2), random).map((distance) => distance + 1);
  if (features % 2 === 0 && random.uniform() < 0.5) {
    distances.splice(random.integer(distances.length + 1), 0, features / 2);
  }
  return distances.length > 0 ? distances : [features - 1];
}

function shuffled(count: number, random: RandomStream): number[] {
  return shuffle(Array.from({ length: count }, (_, index) => index), random);
}

/**
 * Each support twice, once with a noise vector and once with its opposite: a batch of 2n samples.
 *
 * @param supports int64 [n, k]
 * @param sharing how many supports share a noise vector and its opposite; divides n. Drawing noise and multiplying by it
 * are the larger part of the cost, so that sharing buys more samples in the same time
 */
export function antitheticBatch(
  { model: { features }, task: { noiseVariance } }: Config,
  supports: Tensor,
  sharing: number,
  nextSeed: SeedSequence,
): SampledBatch {
  const [count, support] = staticShape("antitheticBatch", supports.shape);
  const vectors = count / sharing;
  const noise = randomNormal("float32", [vectors, features], Math.sqrt(noiseVariance), nextSeed);
  const blocks = reshape(supports, [sharing, vectors, support]);
  return {
    support: reshape(concatenate([blocks, blocks], 1), [2 * count, support]),
    noise: concatenate([noise, negate(noise)], 0),
  };
}
