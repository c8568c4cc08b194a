/** Means over all supports, with the noise averaged in closed form: what infinite data would give. */
import type { Batch } from "../../data/batch.ts";
import { UsageError } from "../../errors.ts";
import { isKHot, oddBoundedValue } from "../../experiment/requirements.ts";
import type { Config } from "../../experiment/config.ts";
import { add, cast, multiply } from "../../graph/elementwise_ops.ts";
import { full, gather, reshape } from "../../graph/layout_ops.ts";
import { loop, type TensorRecord } from "../../graph/loop.ts";
import { serialize } from "../../graph/serialize.ts";
import { input, integers, scalar, type Tensor } from "../../graph/tensor.ts";
import type { AveragedLoss } from "../../losses/loss.ts";
import { losses } from "../../losses/losses.ts";
import type { Parameters } from "../../network/denoiser.ts";
import { networks } from "../../network/networks.ts";
import type { Device } from "../../runtime/device.ts";
import { type ArrayValue, runOnce } from "../../runtime/session.ts";
import { pairsAt, singles, type SupportBatches, supportsIn } from "./exact_supports.ts";
import { averagedObjectiveOf } from "../objective.ts";

/** How exactly the average is taken, and by which of two ways: one support after the other, or by harmonics of the activation. */
export interface ExactOptions {
  /** The way. @default by harmonics for k > 2; else the cheaper, though by supports where an order or nodes are asked for */
  readonly by?: ExactWay;
  /** By supports: order of Mehler's expansion of the covariances between neurons. @default 2 */
  readonly mehlerOrder?: number;
  /** By supports: nodes of the quadrature for a neuron's averages, odd. @default 17 */
  readonly nodes?: number;
  /** By harmonics: pairs of them that weigh less are left out. @default 1e-6 */
  readonly tolerance?: number;
  /**
   * By harmonics: the weights that decide which of them count. A descent that gives the same ones to all its steps goes down
   * on one smooth function. @default the weights that the mean is taken at
   */
  readonly selectedAt?: { readonly encoder: Float32Array; readonly decoder: Float32Array };
  /**
   * What a batch is computed in; sums over batches are in float64 always. At trained weights of `laptop` float32 rounds the
   * loss by 2e-7 of it and the gradient by 2e-6 in E, 8e-7 in D. @default "float32"
   */
  readonly precision?: "float32" | "float64";
  /** Where it is computed. @default "cpu" */
  readonly device?: Device;
}

/** How all supports are averaged over. */
export type ExactWay = "supports" | "harmonics";

/**
 * Settings of the average over the noise. At trained weights of `quick`, where the gradient is small, they leave relative
 * errors like those of single precision:
 *
 * | order, nodes | loss | gradient by E, by D | Hessian product |
 * | ------------ | ---- | ------------------- | --------------- |
 * | 2, 17        | 6e-7 | 1e-5, 9e-6          | 5e-6, 3e-7      |
 * | 2, 13        | 2e-5 | 2e-4, 4e-5          | 1e-4, 6e-6      |
 * | 1, 7         | 3e-3 | 3e-2, 4e-3          | 9e-3, 1e-3      |
 */
export const exactDefaults = { mehlerOrder: 2, nodes: 17, tolerance: 1e-6 } as const;

/** One of the parts that a mean over all supports is the sum of: some of the supports, or some harmonics for all of them. */
export type ExactPart = Batch | HarmonicPart;

/** What some harmonics of the activation add to the loss. */
export interface HarmonicPart {
  /** Averaged over all supports and all noise. */
  lossOf(parameters: Parameters): AveragedLoss;
}

/** Parts that are written in one way. */
export interface PartGroup {
  /** How many there are. */
  readonly count: number;
  /** What each of them is multiplied by in the sum. */
  readonly weight: number;
  /** One of them, by an int64 scalar. */
  at(index: Tensor): ExactPart;
}

/** The loss of a part, and what it is made of. */
export function partLoss(config: Config, parameters: Parameters, part: ExactPart): Record<string, Tensor> {
  if ("lossOf" in part) {
    const { data, parts } = part.lossOf(parameters);
    return { data, ...parts };
  }
  const { objective: _, ...means } = averagedObjectiveOf(config, { ...parameters }, part);
  return means;
}

/** What is averaged. */
export interface ExactTerms<Name extends string> {
  /** Of the model. */
  readonly name: string;
  /** What the terms depend on beside the samples, matrices [d, h] of float32: weights, directions. */
  readonly matrices: Readonly<Record<string, Float32Array>>;
  /**
   * The terms of one part; see {@linkcode partLoss}.
   *
   * @param config the experiment, with the settings of the average over the noise
   * @param matrices in the precision that is asked for
   */
  write(config: Config, matrices: TensorRecord, part: ExactPart): Readonly<Record<Name, Tensor>>;
}

const instead = "; draw samples instead.";

/** Why the supports of an experiment cannot be gone through, in order; undefined if they can. */
export function supportsObstacle({ model, task, loss }: Pick<Config, "model" | "task" | "loss">): string | undefined {
  if (!isKHot({ task })) return `task.name: all supports are known of k-hot samples, not of ${task.name}${instead}`;
  if (losses.get(loss.name).averaged === undefined) {
    return `loss.name: the ${loss.name} loss has no average over the noise in closed form${instead}`;
  }
  if (networks.get(model.name).averagedReadOut === undefined) {
    return `model.name: the ${model.name} has no average over the noise in closed form${instead}`;
  }
  if (task.activeFeatures <= 2) return undefined;
  return `task.activeFeatures: all supports of 1 or 2 features can be gone through, not of ${task.activeFeatures}${instead}`;
}

/** Why harmonics do not average over all supports of an experiment; undefined if they do. */
export function harmonicsObstacle(config: Pick<Config, "model" | "task" | "loss">): string | undefined {
  const { model, task, loss } = config;
  if (!isKHot({ task })) return `task.name: all supports are known of k-hot samples, not of ${task.name}${instead}`;
  const what = "an average over supports of more than 2 features";
  if (loss.name !== "rebalanced") {
    return `loss.name: ${what} is known for the rebalanced loss, not for ${loss.name}${instead}`;
  }
  if (model.name !== "denoiser") {
    return `model.name: ${what} is known for the denoiser, not for the ${model.name}${instead}`;
  }
  if (oddBoundedValue(config) !== undefined) return undefined;
  return `model.activation: ${what} needs an odd and bounded one, not ${model.activation}${instead}`;
}

/**
 * Why an experiment has no exact means; undefined if it has.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { preset } from "../../experiment/presets.ts";
 * import { exactObstacle } from "./exact_means.ts";
 * assertEquals(exactObstacle(preset("laptop")), undefined);
 * console.log(exactObstacle(preset("gelu-softmax"))); // loss.name: the softmax loss has no average … in closed form
 * ```
 */
export function exactObstacle(config: Pick<Config, "model" | "task" | "loss">): string | undefined {
  return config.task.activeFeatures <= 2 ? supportsObstacle(config) : harmonicsObstacle(config);
}

/**
 * Means over supports.
 *
 * @param supports which, see `allSupports`
 * @throws {UsageError} for what {@linkcode supportsObstacle} says
 */
export async function exactMeans<Name extends string>(
  config: Config,
  supports: readonly SupportBatches[],
  terms: ExactTerms<Name>,
  options: ExactOptions,
): Promise<Record<Name, Float64Array>> {
  return await meansOver(config, supportGroups(config, supports), terms, options);
}

/**
 * Supports as parts of their mean.
 *
 * @throws {UsageError} for what {@linkcode supportsObstacle} says
 */
export function supportGroups(config: Config, supports: readonly SupportBatches[]): PartGroup[] {
  const obstacle = supportsObstacle(config);
  if (obstacle !== undefined) throw new UsageError(obstacle);
  const { features } = config.model;
  const total = supports.reduce((sum, batches) => sum + supportsIn(batches), 0);
  return supports.map((batches) => {
    const distances = batches.distances[0].length === 0 ? undefined : batches.distances;
    return {
      count: batches.distances.length,
      weight: supportsIn(batches) / total / batches.distances.length,
      at: (index) => distances === undefined ? singles(features) : pairsAt(features, gather(table(distances), index)),
    };
  });
}

/** The sum of all parts. */
export async function meansOver<Name extends string>(
  config: Config,
  groups: readonly PartGroup[],
  { name, matrices, write }: ExactTerms<Name>,
  {
    mehlerOrder = exactDefaults.mehlerOrder,
    nodes = exactDefaults.nodes,
    precision = "float32",
    device,
  }: ExactOptions,
): Promise<Record<Name, Float64Array>> {
  const { features, hidden } = config.model;
  const inputs = mapValues(matrices, (_, name) => input(name, "float32", [features, hidden]));
  const precise = mapValues(inputs, (matrix) => cast(matrix, precision));
  const settings = { ...config, task: { ...config.task, mehlerOrder, nodes } };
  const termsOf = (part: ExactPart) => write(settings, precise, part);
  const shapes = mapValues(termsOf(groups[0].at(scalar(0, "int64"))), ({ shape }) => shape);

  const sums = groups.map(({ count, weight, at }) => {
    const zeros = mapValues(shapes, (shape) => full(0, "float64", shape));
    const { state } = loop(count, zeros, (sums, iteration) => {
      const terms = termsOf(at(iteration));
      return { next: mapValues(sums, (sum, name) => add(sum, cast(terms[name], "float64"))), record: {} };
    });
    return mapValues(state, (sum) => multiply(sum, weight));
  });
  // The names of weights are taken by inputs.
  const outputs = Object.entries(mapValues(shapes, (_, name) => sums.map((sum) => sum[name]).reduce(add)))
    .map(([name, mean]) => [`mean.${name}`, mean]);
  const values = mapValues(matrices, (data): ArrayValue => ({ data, shape: [features, hidden] }));
  const results = await runOnce(serialize({ name, inputs, outputs: Object.fromEntries(outputs) }), values, { device });
  return mapValues(shapes, (_, name) => results[`mean.${name}`].data as Float64Array);
}

/** Rows of whole numbers, int64. */
function table(rows: readonly (readonly number[])[]): Tensor {
  return reshape(integers(rows.flat()), [rows.length, rows[0].length]);
}

function mapValues<Name extends string, From, To>(
  record: Readonly<Record<Name, From>>,
  change: (value: From, name: Name) => To,
): Record<Name, To> {
  const entries = Object.entries(record) as [Name, From][];
  return Object.fromEntries(entries.map(([name, value]) => [name, change(value, name)])) as Record<Name, To>;
}
