/** Means over all supports, with the noise averaged in closed form: what infinite data would give. */
import type { Batch } from "../data/batch.ts";
import { UsageError } from "../errors.ts";
import { isKHot } from "../experiment/requirements.ts";
import type { Config } from "../experiment/config.ts";
import { add, cast, multiply } from "../graph/elementwise.ts";
import { full, gather, reshape } from "../graph/layout.ts";
import { loop, type TensorRecord } from "../graph/loop.ts";
import { serialize } from "../graph/serialize.ts";
import { input, integers, type Tensor } from "../graph/tensor.ts";
import { losses } from "../losses/losses.ts";
import { networks } from "../network/networks.ts";
import type { Device } from "../runtime/device.ts";
import { type ArrayValue, runOnce } from "../runtime/session.ts";
import { pairsAt, singles, type SupportBatches, supportsIn } from "./exact_supports.ts";

/** How exactly the average is taken. */
export interface ExactOptions {
  /** Order of Mehler's expansion of the covariances between neurons. @default 2 */
  readonly mehlerOrder?: number;
  /** Nodes of the quadrature for a neuron's averages, odd. @default 17 */
  readonly nodes?: number;
  /**
   * What a batch is computed in; sums over batches are in float64 always. At trained weights of `laptop` float32 rounds the
   * loss by 2e-7 of it and the gradient by 2e-6 in E, 8e-7 in D. @default "float32"
   */
  readonly precision?: "float32" | "float64";
  /** Where it is computed. @default "cpu" */
  readonly device?: Device;
}

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
export const exactDefaults = { mehlerOrder: 2, nodes: 17 } as const;

/** What is averaged. */
export interface ExactTerms<Name extends string> {
  /** Of the model. */
  readonly name: string;
  /** What the terms depend on beside the samples, matrices [d, h] of float32: weights, directions. */
  readonly matrices: Readonly<Record<string, Float32Array>>;
  /**
   * The terms, averaged over one batch.
   *
   * @param config the experiment, with the settings of the average over the noise
   * @param matrices in the precision that is asked for
   */
  write(config: Config, matrices: TensorRecord, batch: Batch): Readonly<Record<Name, Tensor>>;
}

/** Why an experiment has no exact means; undefined if it has. */
export function exactObstacle({ model, task, loss }: Pick<Config, "model" | "task" | "loss">): string | undefined {
  const instead = "; draw samples instead.";
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

/**
 * Means over supports.
 *
 * @param supports which, see `allSupports`
 * @throws {UsageError} for what {@linkcode exactObstacle} says
 */
export async function exactMeans<Name extends string>(
  config: Config,
  supports: readonly SupportBatches[],
  { name, matrices, write }: ExactTerms<Name>,
  {
    mehlerOrder = exactDefaults.mehlerOrder,
    nodes = exactDefaults.nodes,
    precision = "float32",
    device,
  }: ExactOptions,
): Promise<Record<Name, Float64Array>> {
  const obstacle = exactObstacle(config);
  if (obstacle !== undefined) throw new UsageError(obstacle);
  const { features, hidden } = config.model;
  const inputs = mapValues(matrices, (_, name) => input(name, "float32", [features, hidden]));
  const precise = mapValues(inputs, (matrix) => cast(matrix, precision));
  const settings = { ...config, task: { ...config.task, mehlerOrder, nodes } };
  const termsOf = (batch: Batch) => write(settings, precise, batch);
  const shapes = mapValues(termsOf(singles(features)), ({ shape }) => shape);
  const total = supports.reduce((sum, batches) => sum + supportsIn(batches), 0);

  const means = supports.map((batches) => {
    const distances = batches.distances[0].length === 0 ? undefined : batches.distances;
    const zeros = mapValues(shapes, (shape) => full(0, "float64", shape));
    const { state } = loop(batches.distances.length, zeros, (sums, iteration) => {
      const batch = distances === undefined
        ? singles(features)
        : pairsAt(features, gather(table(distances), iteration));
      const terms = termsOf(batch);
      return { next: mapValues(sums, (sum, name) => add(sum, cast(terms[name], "float64"))), record: {} };
    });
    return mapValues(state, (sum) => multiply(sum, supportsIn(batches) / total / batches.distances.length));
  });
  // The names of weights are taken by inputs.
  const outputs = Object.entries(mapValues(shapes, (_, name) => means.map((mean) => mean[name]).reduce(add)))
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
