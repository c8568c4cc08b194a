/** The task: k-hot vectors under Gaussian noise. */
import { z } from "zod";
import { cast, equal, floor, minimum, multiply, or, where } from "../graph/elementwise.ts";
import { concatenate } from "../graph/layout.ts";
import { randomNormal, randomUniform, type SeedSequence } from "../graph/random.ts";
import type { ElementType, Tensor } from "../graph/tensor.ts";
import type { SampledBatch } from "./batch.ts";
import type { BatchSize, DataSource } from "./data_source.ts";

const options = z.strictObject({
  /** k: how many distinct features are on in a sample. */
  activeFeatures: z.int().positive().default(2),
  /** σ²: variance of the Gaussian noise on each input coordinate. */
  noiseVariance: z.number().nonnegative().default(0.005),
});

/** The options of the task. */
export type KHotOptions = z.infer<typeof options>;

/**
 * Uniform sets of k distinct coordinates out of d, by Floyd's algorithm (Bentley and Floyd, CACM 1987): the m-th draw is
 * uniform over 0 … j with j = d − k + m; if it is taken already, j itself, which cannot be, takes its place.
 *
 * @param activeFeatures k
 * @returns int64 [batch, k]
 */
export function sampleSupports(
  features: number,
  activeFeatures: number,
  batch: number,
  nextSeed: SeedSequence,
): Tensor {
  const chosen: Tensor[] = [];
  for (let last = features - activeFeatures; last < features; last++) {
    const uniform = randomUniform("float32", [batch, 1], nextSeed);
    // A float32 just below 1 can round up to last + 1.
    const draw = minimum(cast(floor(multiply(uniform, last + 1)), "int64"), last);
    const taken = chosen.map((other) => equal(other, draw));
    chosen.push(taken.length === 0 ? draw : where(taken.reduce(or), last, draw));
  }
  return concatenate(chosen, 1);
}

/** Draws independent samples inside the graph. */
export function sampleBatch(
  { features, batch, supportsPerNoise }: BatchSize,
  { activeFeatures, noiseVariance }: Pick<KHotOptions, "activeFeatures" | "noiseVariance">,
  type: ElementType,
  nextSeed: SeedSequence,
): SampledBatch {
  return {
    support: sampleSupports(features, activeFeatures, batch, nextSeed),
    noise: randomNormal(type, [batch / supportsPerNoise, features], Math.sqrt(noiseVariance), nextSeed),
  };
}

/** x* is exactly k-hot, uniformly; ξ is normal. */
export const kHot = {
  options,
  obstacle({ features }, { activeFeatures }) {
    if (activeFeatures <= features) return undefined;
    return { key: "activeFeatures", message: `must be at most model.features = ${features}, got ${activeFeatures}` };
  },
  inputs: () => ({}),
  draw: (size, task, _inputs, nextSeed) => sampleBatch(size, task, "float32", nextSeed),
} satisfies DataSource<KHotOptions>;
