/** A chunk of training steps as one model: forward pass, gradients and optimiser inside one Loop. */
import type { Config } from "../experiment/config.ts";
import { sampleBatch } from "../data/k_hot.ts";
import type { Parameters } from "../network/denoiser.ts";
import { gradient } from "../graph/gradients.ts";
import { gather, reshape } from "../graph/layout.ts";
import { loop, type TensorRecord } from "../graph/loop.ts";
import { serialize } from "../graph/serialize.ts";
import { constant, input, integers, labelled, type Tensor } from "../graph/tensor.ts";
import { lossForm, objectiveOf } from "../losses/objective.ts";
import { optimizers } from "../optimizers/optimizers.ts";
import { seedSequence } from "../graph/random.ts";

/** The parameters by name, in the order of everything that walks over them. */
export const parameterNames = ["encoder", "decoder"] as const;

/** The name of an optimiser slot among the tensors of the training state. */
export function slotName(parameter: string, slot: string): string {
  return `${parameter}.${slot}`;
}

/** Every tensor of the training state, [d, h] each. */
export function stateNames(config: Config): string[] {
  const { slots } = optimizers[config.optimizer.name];
  return parameterNames.flatMap((name) => [name, ...slots.map((slot) => slotName(name, slot))]);
}

/** Which steps a chunk holds. */
export interface Chunk {
  /** Number of the chunk; with the seed it fixes all random numbers. */
  readonly index: number;
  /** Steps in it. */
  readonly steps: number;
}

/**
 * Writes the model of a chunk.
 *
 * Inputs: the training state and `coefficients` [steps, c], a row of optimiser coefficients for each step. Outputs: the
 * state, each scalar of the objective as a vector over the steps, and `sampled.encoder` and `sampled.decoder`
 * [steps, n], the weights of the pairs to follow after each step.
 *
 * @param pairs n indices i·h + j of the weight pairs to follow
 */
export function chunkModel(config: Config, chunk: Chunk, pairs: readonly number[]): Uint8Array {
  const { model: { features, hidden }, training } = config;
  const optimizer = optimizers[config.optimizer.name];
  const { batch, supportsPerNoise } = training;
  const form = lossForm(config, { batch, vectors: batch / supportsPerNoise });
  const names = stateNames(config);
  const initial = Object.fromEntries(names.map((name) => [name, input(name, "float32", [features, hidden])]));
  const coefficientCount = optimizer.coefficients(1, 1, config.optimizer).length;
  const coefficients = input("coefficients", "float32", [chunk.steps, coefficientCount]);
  const nextSeed = seedSequence(training.seed, "chunk", chunk.index);
  const followed = integers(pairs);

  const { state, record } = loop(chunk.steps, initial, (state: TensorRecord, step) => {
    const batch = labelled("batch", () => sampleBatch(config, training, "float32", nextSeed));
    const parameters = { encoder: state.encoder, decoder: state.decoder } satisfies Parameters;
    const objective = objectiveOf(config, form, parameters, batch);
    const gradients = gradient(objective.objective, parameterNames.map((name) => parameters[name]));
    const ofStep = gather(coefficients, step);
    const scalars = Array.from({ length: coefficientCount }, (_, place) => gather(ofStep, index(place)));
    const next = parameterNames.flatMap((name, place) =>
      labelled(`${config.optimizer.name}/${name}`, () => {
        const slots = optimizer.slots.map((slot) => state[slotName(name, slot)]);
        const update = optimizer.update(state[name], gradients[place], slots, scalars, config.optimizer);
        const entries: [string, Tensor][] = [[name, update.parameter]];
        optimizer.slots.forEach((slot, number) => entries.push([slotName(name, slot), update.slots[number]]));
        return entries;
      })
    );
    const sampled = next
      .filter(([name]) => name in parameters)
      .map(([name, tensor]) => [`sampled.${name}`, gather(reshape(tensor, [features * hidden]), followed)]);
    return { next: Object.fromEntries(next), record: { ...objective, ...Object.fromEntries(sampled) } };
  });
  return serialize({
    name: config.name,
    inputs: { ...initial, coefficients },
    outputs: { ...Object.fromEntries(names.map((name) => [`next.${name}`, state[name]])), ...record },
  });
}

function index(value: number): Tensor {
  return constant(BigInt64Array.of(BigInt(value)));
}
