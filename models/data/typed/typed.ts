/** The task with features of several types: of different importance, frequency, amplitude and noise, alone or in groups. */
import { z } from "zod";
import { multiply } from "../../graph/elementwise_ops.ts";
import { gather } from "../../graph/layout_ops.ts";
import { randomNormal } from "../../graph/random_ops.ts";
import { constant, type Tensor } from "../../graph/tensor.ts";
import { randomStream } from "../../random.ts";
import type { Batch } from "../batch.ts";
import type { BatchSize, DataSource, StepArray, StepRange } from "../data_source.ts";
import { kHot, type KHotOptions } from "../k_hot.ts";
import {
  chancesOf,
  type Correlation,
  correlation,
  largestChanceAmong,
  setSource,
  treeSize,
} from "./type_correlation.ts";
import { featureProperties, featuresByType, type FeatureType, featureTypes } from "./feature_types.ts";
import { drawBalancedSets, largestChance } from "./type_inclusion.ts";

/** The options of the task. */
export interface TypedOptions extends KHotOptions {
  /** The types, in the order of the features. */
  readonly types: readonly FeatureType[];
  /** Which features are on together. @default none */
  readonly correlation: Correlation;
}

/**
 * The chance of each of d features to be on in a sample.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { featureChances, typed } from "./typed.ts";
 * const options = typed.options.parse({ types: [{}, { frequency: 3 }] }); // half of the features are on three times as often
 * const chances = featureChances(8, options);
 * assertAlmostEquals(chances.reduce((sum, chance) => sum + chance), options.activeFeatures);
 * assertAlmostEquals(chances[7], 3 * chances[0]);
 * ```
 */
export function featureChances(features: number, task: TypedOptions): Float64Array {
  return chancesOf(featureProperties(features, task).frequency, task.activeFeatures, task.correlation);
}

/** Whether all features are on equally often and independently, as in the k-hot task. */
function isUniform(features: number, task: TypedOptions): boolean {
  const { frequency } = featureProperties(features, task);
  return task.correlation.name === "none" && frequency.every((value) => value === frequency[0]);
}

/** The sets of some steps: each step's from a stream of its own. */
function drawnSupports(
  { features, batch }: BatchSize,
  task: TypedOptions,
  { first, count }: StepRange,
  seed: number,
): Record<string, StepArray> {
  const { activeFeatures, supports, correlation } = task;
  const { frequency } = featureProperties(features, task);
  const length = batch * activeFeatures;
  const data = new BigInt64Array(count * length);
  const sets = new Int32Array(length);
  const fill = supports === "balanced"
    ? ofBatch(chancesOf(frequency, activeFeatures, correlation), activeFeatures)
    : ofSamples(setSource(frequency, activeFeatures, correlation), activeFeatures);
  for (let step = 0; step < count; step++) {
    fill(sets, randomStream(seed, "typed support", first + step));
    for (let entry = 0; entry < length; entry++) data[step * length + entry] = BigInt(sets[entry]);
  }
  return { support: { data, shape: [batch, activeFeatures] } };
}

type Filling = (sets: Int32Array, random: ReturnType<typeof randomStream>) => void;

const ofBatch = (chances: Float64Array, activeFeatures: number): Filling => (sets, random) =>
  drawBalancedSets(chances, sets, activeFeatures, random);

const ofSamples = (draw: ReturnType<typeof setSource>, activeFeatures: number): Filling => (sets, random) => {
  for (let begin = 0; begin < sets.length; begin += activeFeatures) {
    draw(sets.subarray(begin, begin + activeFeatures), random);
  }
};

/** A number for each feature as a tensor; undefined where all have the one that is meant where none is given. */
function unless(usual: number, values: Float64Array): Tensor | undefined {
  return values.every((value) => value === usual) ? undefined : constant(Float32Array.from(values), [values.length]);
}

/** x* is k-hot with values, chances and weights by the type of the feature; ξ is normal. */
export const typed: DataSource<TypedOptions> & Required<Pick<DataSource<TypedOptions>, "obstacle">> = {
  options: z.strictObject({
    ...kHot.options.shape,
    types: featureTypes,
    correlation: correlation.default({ name: "none" }),
  }),
  obstacle(size, task) {
    const { features } = size;
    const { types, activeFeatures, correlation, supports } = task;
    const own = kHot.obstacle(size, task);
    if (own !== undefined) return own;
    const without = featuresByType(features, types).findIndex((count) => count === 0);
    if (without !== -1) {
      return { key: `types.${without}.share`, message: `must be larger: the type has none of ${features} features` };
    }
    if (correlation.name === "tree") {
      const tree = treeSize(correlation.branches, activeFeatures);
      if (features % tree !== 0) {
        return {
          key: "correlation",
          message: `${activeFeatures} levels with ${correlation.branches} branches take ${tree} features a tree, ` +
            `which must divide model.features = ${features}`,
        };
      }
    }
    if (supports === "balanced" && correlation.name !== "none") {
      return { key: "supports", message: "correlated features are on equally often on average only; use independent" };
    }
    if (isUniform(features, task)) return undefined;
    const chance = largestChanceAmong(featureProperties(features, task).frequency, activeFeatures, correlation);
    if (chance <= largestChance) return undefined;
    const among = correlation.name === "blocks" ? "samples of its block" : "samples";
    return {
      key: "types",
      message: `a feature would be on in ${chance.toFixed(2)} of the ${among}, at most ${largestChance} is possible; ` +
        "make frequencies more alike, or task.activeFeatures smaller",
    };
  },
  inputs(size, task, steps, seed) {
    if (isUniform(size.features, task)) return kHot.inputs(size, task, steps, seed);
    return drawnSupports(size, task, steps, seed);
  },
  draw(size, task, inputs, nextSeed) {
    const { features, batch, supportsPerNoise } = size;
    const { importance, amplitude, noiseVariance } = featureProperties(features, task);
    const drawn: Batch = isUniform(features, task)
      ? kHot.draw(size, { ...task, noise: "averaged" }, inputs, nextSeed)
      : { support: inputs.support };
    const amplitudes = unless(1, amplitude);
    const noiseSpreads = unless(Math.sqrt(task.noiseVariance), noiseVariance.map(Math.sqrt));
    const typedBatch: Batch = {
      ...drawn,
      values: amplitudes && gather(amplitudes, drawn.support),
      weights: unless(1, importance),
      noiseSpreads,
    };
    if (task.noise === "averaged") return typedBatch;
    const shape = [batch / supportsPerNoise, features];
    const noise = noiseSpreads === undefined
      ? randomNormal("float32", shape, Math.sqrt(task.noiseVariance), nextSeed)
      : multiply(randomNormal("float32", shape, 1, nextSeed), noiseSpreads);
    return { ...typedBatch, noise };
  },
};
