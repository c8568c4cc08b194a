/** The loss on samples that training has not seen. */
import type { Config } from "../experiment/config.ts";
import { dataSources } from "../data/data_sources.ts";
import { UsageError } from "../errors.ts";
import { square } from "../graph/elementwise_ops.ts";
import { gather, reduceSum } from "../graph/layout_ops.ts";
import { loop } from "../graph/loop.ts";
import { serialize } from "../graph/serialize.ts";
import { constant, input } from "../graph/tensor.ts";
import { lossForm, sampleLoss } from "./objective.ts";
import { parametersOf } from "./training_state.ts";
import type { Device } from "../runtime/device.ts";
import { runOnce } from "../runtime/session.ts";
import { seedSequence } from "../graph/random_ops.ts";
import type { ParameterArrays, Weights } from "../network/network_weights.ts";

/** The mean loss over fresh samples. */
export interface HeldOutLoss {
  /** data + penalties. */
  readonly objective: number;
  /** Standard error of `objective` (the penalties have none). */
  readonly standardError: number;
  /** The loss without penalties. */
  readonly data: number;
  /** Means of the parts that the loss is made of: `on` and `off` for the rebalanced loss. */
  readonly parts: Readonly<Record<string, number>>;
  /** ρ_D ‖D‖² */
  readonly decoderPenalty: number;
  /** ρ_E ‖E‖² */
  readonly encoderPenalty: number;
  /** How many samples were drawn. */
  readonly samples: number;
}

/** Options of `heldOutLoss`. */
export interface HeldOutOptions {
  /** Least number of samples; rounded up to whole batches. @default 131072 */
  samples?: number;
  /** Apart from the training's random numbers for every value. @default 0 */
  seed?: number;
  /** Where it is computed. @default "cpu" */
  device?: Device;
}

/** Samples of one evaluation step: enough for the matrix products to run at full speed. */
const batchSize = 2048;

/**
 * The loss of given weights on fresh samples, each with a noise vector of its own.
 *
 * @param config the experiment; its noise, support and loss are used, its training is not
 * @param weights the parameters by name, as the network shapes them; of the denoiser, encoder and decoder, of any width
 * @returns means with the standard error over samples
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { preset } from "../experiment/presets.ts";
 * import { heldOutLoss } from "./evaluation.ts";
 * const [features, hidden] = [16, 8];
 * const config = preset("quick", { "model.features": features, "model.hidden": hidden });
 * const zero = new Float32Array(features * hidden);
 * const { data } = await heldOutLoss(config, { features, hidden, encoder: zero, decoder: zero }, { samples: 2048 });
 * assertAlmostEquals(data, 2 * 16); // λ for each of the two features that are on, where the output is 0
 * ```
 */
export async function heldOutLoss(
  config: Config,
  weights: Weights | ParameterArrays,
  { samples = 131072, seed = 0, device = "cpu" }: HeldOutOptions = {},
): Promise<HeldOutLoss> {
  const values = arraysOf(config, weights);
  const parameters = Object.fromEntries(
    Object.entries(values).map(([name, { shape }]) => [name, input(name, "float32", shape)]),
  );
  const form = lossForm(config, { batch: batchSize, vectors: batchSize });
  const batches = Math.ceil(samples / batchSize);
  const nextSeed = seedSequence(seed, "held-out");
  const unseen = dataSources.get(config.task.name).fresh?.(config.task) ?? config.task;
  const source = dataSources.get(unseen.name);
  const size = { ...config.model, batch: batchSize, supportsPerNoise: 1 };
  const task = { ...unseen, noise: "sampled", supports: "independent" };
  const rows = source.inputs(size, task, { first: 0, count: batches }, seed);
  const ofBatches = Object.fromEntries(
    Object.entries(rows).map(([name, { data, shape }]) => [name, constant(data, [batches, ...shape])]),
  );
  const { record } = loop(batches, {}, (_, index) => {
    const ofBatch = Object.fromEntries(
      Object.entries(ofBatches).map(([name, values]) => [name, gather(values, index)]),
    );
    const batch = source.draw(size, task, ofBatch, nextSeed);
    if (!("noise" in batch)) throw new UsageError(`task.name: ${config.task.name} draws no noise to hold out.`);
    const { data, parts } = sampleLoss(config, form, parameters, batch);
    const sums = Object.entries(parts).map(([name, part]) => [`part.${name}`, reduceSum(part)]);
    const record = { data: reduceSum(data), squared: reduceSum(square(data)), ...Object.fromEntries(sums) };
    return { next: {}, record };
  });
  const outputs = await runOnce(serialize({ name: "held-out", inputs: parameters, outputs: record }), values, {
    device,
  });

  const count = batches * batchSize;
  const mean = (name: string) => (outputs[name].data as Float32Array).reduce((sum, value) => sum + value, 0) / count;
  const data = mean("data");
  const penalties = penaltiesOf(config, weights);
  const partNames = Object.keys(outputs).filter((name) => name.startsWith("part."));
  return {
    objective: data + penalties.decoderPenalty + penalties.encoderPenalty,
    standardError: Math.sqrt(Math.max(mean("squared") - data ** 2, 0) / (count - 1)),
    data,
    parts: Object.fromEntries(partNames.map((name) => [name.slice("part.".length), mean(name)])),
    ...penalties,
    samples: count,
  };
}

/** The arrays of a network with their shapes; those of a denoiser may be of another width than the experiment's. */
function arraysOf({ model }: Pick<Config, "model">, weights: Weights | ParameterArrays): Record<string, Float32Value> {
  const given: ParameterArrays = isWeights(weights) ? { encoder: weights.encoder, decoder: weights.decoder } : weights;
  const hidden = isWeights(weights) ? weights.hidden : model.hidden;
  return Object.fromEntries(
    Object.entries(parametersOf({ model: { ...model, hidden } })).map((
      [name, { shape }],
    ) => [name, { data: given[name], shape }]),
  );
}

interface Float32Value {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

function isWeights(weights: Weights | ParameterArrays): weights is Weights {
  return typeof weights.hidden === "number";
}

/** What the ridges of an experiment make of given weights. */
export function penaltiesOf(
  { model, loss }: Pick<Config, "model" | "loss">,
  weights: Pick<Weights, "encoder" | "decoder"> | ParameterArrays,
): Pick<HeldOutLoss, "decoderPenalty" | "encoderPenalty"> {
  const given = new Map<string, unknown>(Object.entries(weights));
  const borne = (by: string) =>
    Object.entries(parametersOf({ model }))
      .filter(([, { ridge }]) => ridge === by)
      .reduce((sum, [name]) => sum + squaredNorm(given.get(name) as Float32Array), 0);
  return {
    decoderPenalty: loss.decoderRidge * borne("decoderRidge"),
    encoderPenalty: loss.encoderRidge * borne("encoderRidge"),
  };
}

function squaredNorm(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
