/** How well a network does on each group of features, on samples that it has not seen. */
import type { Config } from "../../models/experiment/config.ts";
import { corruptedInput } from "../../models/data/batch.ts";
import { dataSources } from "../../models/data/data_sources.ts";
import { UsageError } from "../../models/errors.ts";
import { subtract } from "../../models/graph/elementwise_ops.ts";
import { full, gather, gatherAlongRows } from "../../models/graph/layout_ops.ts";
import { loop } from "../../models/graph/loop.ts";
import { seedSequence } from "../../models/graph/random_ops.ts";
import { serialize } from "../../models/graph/serialize.ts";
import { constant, input } from "../../models/graph/tensor.ts";
import { networks } from "../../models/network/networks.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import type { Device } from "../../models/runtime/device.ts";
import { runOnce } from "../../models/runtime/session.ts";
import type { FeatureGroup } from "./feature_groups.ts";

/** A mean over the times that a feature of a group is on, with its standard error. */
export interface GroupError {
  /** Mean of (y − x*)² over x*², without the weight of importance. */
  readonly value: number;
  /** Standard error. */
  readonly error: number;
}

const [batches, batchSize] = [32, 2048];

/** The squared error of the output where a feature is on, relative to x*², by group. */
export async function groupErrors(
  config: Config,
  { features, hidden, encoder, decoder }: Weights,
  groups: readonly FeatureGroup[],
  device: Device,
): Promise<GroupError[]> {
  const shape = [features, hidden];
  const parameters = { encoder: input("encoder", "float32", shape), decoder: input("decoder", "float32", shape) };
  const source = dataSources.get(config.task.name);
  const size = { features, batch: batchSize, supportsPerNoise: 1 };
  const task = { ...config.task, noise: "sampled", supports: "independent" };
  const rows = Object.entries(source.inputs(size, task, { first: 0, count: batches }, config.training.seed))
    .map(([name, { data, shape }]) => [name, constant(data, [batches, ...shape])] as const);
  const nextSeed = seedSequence(config.training.seed, "group-errors");
  const { record } = loop(batches, {}, (_, index) => {
    const ofBatch = Object.fromEntries(rows.map(([name, values]) => [name, gather(values, index)]));
    const batch = source.draw(size, task, ofBatch, nextSeed);
    if (!("noise" in batch)) throw new UsageError(`task.name: ${config.task.name} draws no noise.`);
    const { output } = networks.get(config.model.name).forward(parameters, corruptedInput(batch), config.model);
    const values = batch.values ?? full(1, "float32", batch.support.shape);
    const missed = subtract(gatherAlongRows(output, batch.support), values);
    return { next: {}, record: { support: batch.support, missed, values } };
  });
  const { support, missed, values } = await runOnce(
    serialize({ name: "group-errors", inputs: parameters, outputs: record }),
    { encoder: { data: encoder, shape }, decoder: { data: decoder, shape } },
    { device },
  );
  const groupOf = new Int32Array(features);
  groups.forEach(({ first, features }, group) => groupOf.fill(group, first, first + features));
  const sums = groups.map(() => ({ count: 0, total: 0, squares: 0 }));
  support.data.forEach((feature, entry) => {
    const relative = (Number(missed.data[entry]) / Number(values.data[entry])) ** 2;
    const sum = sums[groupOf[Number(feature)]];
    sum.count++;
    sum.total += relative;
    sum.squares += relative ** 2;
  });
  return sums.map(({ count, total, squares }) => ({
    value: total / count,
    error: Math.sqrt(Math.max(0, squares / count - (total / count) ** 2) / Math.max(1, count - 1)),
  }));
}
