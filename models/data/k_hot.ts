/** The task: k-hot vectors under Gaussian noise. */
import { z } from "zod";
import { cast, equal, floor, minimum, multiply, or, where } from "../graph/elementwise_ops.ts";
import { concatenate } from "../graph/layout_ops.ts";
import { randomNormal, randomUniform, type SeedSequence } from "../graph/random_ops.ts";
import type { ElementType, Tensor } from "../graph/tensor.ts";
import { balancedBatch, balancedSupports } from "./balanced_supports.ts";
import type { SampledBatch } from "./batch.ts";
import type { BatchSize, DataSource } from "./data_source.ts";

/** The options of the task. */
export interface KHotOptions {
  /** k: how many distinct features are on in a sample. @default 2 */
  readonly activeFeatures: number;
  /** σ²: variance of the Gaussian noise on each input coordinate. @default 0.005 */
  readonly noiseVariance: number;
  /** Whether the loss is averaged over the noise in closed form, or noise is drawn. @default "sampled" */
  readonly noise: "averaged" | "sampled";
  /** Whether every feature is on equally often in a step, or the samples are independent. @default "independent" */
  readonly supports: "balanced" | "independent";
  /**
   * Order of Mehler's expansion of the covariances between neurons, where noise is averaged. With trained laptop weights
   * the relative errors of orders 1, 2 and 3 are
   *
   * | | 1 | 2 | 3 |
   * |---|---|---|---|
   * | objective | 2·10⁻⁶ | 1·10⁻⁸ | 5·10⁻¹¹ |
   * | gradient, encoder | 1·10⁻⁴ | 5·10⁻⁶ | 9·10⁻⁹ |
   * | gradient, decoder | 2·10⁻⁵ | 4·10⁻⁶ | 2·10⁻⁹ |
   *
   * Where several neurons serve one feature alone they hear the same noise, and order 3 is needed: at the end of
   * `small-unfrustrated` order 1 gives 1.96 for an objective of 2.09, order 3 gives 2.07.
   *
   * @default 1
   */
  readonly mehlerOrder: number;
  /**
   * Nodes of the quadrature for a neuron's averages, where noise is averaged and there is no formula. With trained laptop
   * weights, at which √v is 0.48, the relative errors are as below; the gradient is that of 1024 samples near the minimum,
   * where it is small.
   *
   * | | 5 | 7 | 9 | 13 |
   * |---|---|---|---|---|
   * | objective | 5·10⁻³ | 9·10⁻⁴ | 1·10⁻⁴ | 6·10⁻⁷ |
   * | gradient, encoder | 0.14 | 0.04 | 8·10⁻³ | 3·10⁻⁴ |
   * | gradient, decoder | 0.02 | 3·10⁻³ | 4·10⁻⁴ | 8·10⁻⁶ |
   *
   * @default 7
   */
  readonly nodes: number;
}

/**
 * Uniform sets of k distinct coordinates out of d, by Floyd's algorithm (Bentley and Floyd, CACM 1987): the m-th draw is
 * uniform over 0 … j with j = d − k + m; if it is taken already, j itself, which cannot be, takes its place.
 * See {@linkcode rowsOnSupport}.
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
    noise: sampleNoise({ features, batch, supportsPerNoise }, noiseVariance, type, nextSeed),
  };
}

function sampleNoise(
  { features, batch, supportsPerNoise }: BatchSize,
  variance: number,
  type: ElementType,
  nextSeed: SeedSequence,
): Tensor {
  return randomNormal(type, [batch / supportsPerNoise, features], Math.sqrt(variance), nextSeed);
}

/** x* is exactly k-hot, uniformly; ξ is normal. */
export const kHot: DataSource<KHotOptions> & Required<Pick<DataSource<KHotOptions>, "obstacle">> = {
  options: z.strictObject({
    activeFeatures: z.int().positive().default(2),
    noiseVariance: z.number().nonnegative().default(0.005),
    noise: z.enum(["averaged", "sampled"]).default("sampled"),
    supports: z.enum(["balanced", "independent"]).default("independent"),
    mehlerOrder: z.int().min(1).max(4).default(1),
    nodes: z.int().min(3).max(99).refine((count) => count % 2 === 1, "must be odd").default(7),
  }),
  obstacle({ features }, { activeFeatures }) {
    if (activeFeatures <= features) return undefined;
    return { key: "activeFeatures", message: `must be at most model.features = ${features}, got ${activeFeatures}` };
  },
  inputs(size, { activeFeatures, supports }, steps, seed) {
    return supports === "balanced" ? balancedSupports({ ...size, activeFeatures }, steps, seed) : {};
  },
  draw(size, task, inputs, nextSeed) {
    const { features, batch, supportsPerNoise } = size;
    const { activeFeatures, noiseVariance, supports, noise } = task;
    const drawn = supports === "balanced"
      ? balancedBatch({ ...size, activeFeatures }, inputs)
      : { support: sampleSupports(features, activeFeatures, batch, nextSeed) };
    if (noise === "averaged") return drawn;
    return { ...drawn, noise: sampleNoise({ features, batch, supportsPerNoise }, noiseVariance, "float32", nextSeed) };
  },
};
