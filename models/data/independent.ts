/** Features that are on independently of one another, with any value between 0 and 1. */
import { z } from "zod";
import { cast, greater, multiply } from "../graph/elementwise_ops.ts";
import { broadcastTo, full, reshape } from "../graph/layout_ops.ts";
import { randomNormal, randomUniform } from "../graph/random_ops.ts";
import { constant, integers } from "../graph/tensor.ts";
import type { DataSource } from "./data_source.ts";
import { kHot, type KHotOptions } from "./k_hot.ts";

/** The options of independent features. Noise is drawn, and supports are independent, whatever those of the k-hot task say. */
export interface IndependentOptions extends KHotOptions {
  /** k: how many features are on in the mean, any positive number up to d; each is on with the chance k/d. @default 1 */
  readonly activeFeatures: number;
  /** σ². @default 0 */
  readonly noiseVariance: number;
  /** An error in feature i counts this number to the power of i. @default 1: all alike */
  readonly importanceDecay: number;
}

/** x*_i is uniform between 0 and 1 with the chance k/d, else 0. Every coordinate stands in the support, so that it has a value. */
export const independent: DataSource<IndependentOptions> = {
  options: z.strictObject({
    ...kHot.options.shape,
    activeFeatures: z.number().positive().default(1),
    noiseVariance: z.number().nonnegative().default(0),
    noise: z.literal("sampled").default("sampled"),
    supports: z.literal("independent").default("independent"),
    importanceDecay: z.number().positive().max(1).default(1),
  }),
  obstacle({ features }, { activeFeatures }) {
    if (activeFeatures <= features) return undefined;
    return { key: "activeFeatures", message: `must be at most model.features = ${features}, got ${activeFeatures}` };
  },
  inputs: () => ({}),
  draw({ features, batch, supportsPerNoise }, task, _inputs, nextSeed) {
    const { activeFeatures, noiseVariance, importanceDecay } = task;
    const shape = [batch, features];
    const isOn = greater(activeFeatures / features, randomUniform("float32", shape, nextSeed));
    const values = multiply(cast(isOn, "float32"), randomUniform("float32", shape, nextSeed));
    const all = integers(Array.from({ length: features }, (_, feature) => feature));
    const vectors = [batch / supportsPerNoise, features];
    const importance = Float32Array.from({ length: features }, (_, feature) => importanceDecay ** feature);
    return {
      support: broadcastTo(reshape(all, [1, features]), shape),
      values,
      weights: constant(importance, [features]),
      noise: noiseVariance > 0
        ? randomNormal("float32", vectors, Math.sqrt(noiseVariance), nextSeed)
        : full(0, "float32", vectors),
    };
  },
};
