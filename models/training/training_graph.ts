/** A chunk of training steps as one model: forward pass, gradients and optimiser inside one Loop. */
import type { DataSource, StepArray } from "../data/data_source.ts";
import { dataSources } from "../data/data_sources.ts";
import type { Config } from "../experiment/config.ts";
import { gradient } from "../graph/gradients.ts";
import { gather, reshape } from "../graph/layout_ops.ts";
import { loop, type TensorRecord } from "../graph/loop.ts";
import { keySequence } from "../graph/counted_random_ops.ts";
import { seedSequence } from "../graph/random_ops.ts";
import { serialize } from "../graph/serialize.ts";
import { sizeOf } from "../graph/tensor_shape.ts";
import { constant, type ElementType, input, integers, labelled, type Tensor } from "../graph/tensor.ts";
import { optimizers } from "../optimizers/optimizers.ts";
import type { ArrayValue } from "../runtime/session.ts";
import { schedules } from "../schedules/schedules.ts";
import { averagedObjectiveOf, lossForm, objectiveOf } from "./objective.ts";
import { parametersOf, slotName, stateShapes, type TrainingState } from "./training_state.ts";

/** Which steps a chunk holds. */
export interface Chunk {
  /** Number of the chunk; with the seed it fixes all random numbers. */
  readonly index: number;
  /** Steps done before it. */
  readonly done: number;
  /** Steps in it. */
  readonly steps: number;
}

/** The chunk that follows after a number of steps. */
export function nextChunk({ training: { chunk, steps } }: Config, done: number): Chunk {
  const index = Math.floor(done / chunk);
  return { index, done, steps: Math.min((index + 1) * chunk, steps) - done };
}

/** The learning rate of a step, counted from 1. */
export function learningRateAt(step: number, { optimizer, schedule, training }: Config): number {
  return schedules.get(schedule.name).rate(step, training.steps, optimizer.learningRate, schedule);
}

/** What differs from step to step and is known beforehand: what the data source and the optimiser ask for. */
export function stepInputs(config: Config, { done, steps }: Chunk): Record<string, StepArray> {
  const { model, task, optimizer, training } = config;
  const rows = Array.from({ length: steps }, (_, index) => {
    const step = done + index + 1;
    const { coefficients } = optimizers.get(optimizer.name);
    return Object.values(coefficients(step, learningRateAt(step, config), optimizer));
  });
  const samples = dataSources.get(task.name)
    .inputs({ ...model, ...training }, task, { first: done, count: steps }, training.seed);
  return { ...samples, coefficients: { data: Float32Array.from(rows.flat()), shape: [rows[0].length] } };
}

/**
 * Writes the model of a chunk.
 *
 * Inputs: the training state, and `stepInputs` with an axis for the steps in front. Outputs: the state, each scalar of
 * the objective as a vector over the steps, and `followed.<parameter>` [steps, n] for each parameter that has so many
 * entries, those to follow after each step.
 *
 * @param rows what `stepInputs` gives for the chunk
 * @param followed n indices into the entries of every parameter
 */
export function chunkModel(
  config: Config,
  chunk: Chunk,
  rows: Readonly<Record<string, StepArray>>,
  followed: readonly number[],
): Uint8Array {
  const { model, task, optimizer: options, training } = config;
  const { batch, supportsPerNoise } = training;
  const source: DataSource = dataSources.get(task.name);
  const optimizer = optimizers.get(options.name);
  const form = lossForm(config, { batch, vectors: batch / supportsPerNoise });
  const shapes = Object.entries(stateShapes(config));
  const initial = Object.fromEntries(shapes.map(([name, shape]) => [name, input(name, "float32", shape)]));
  const ofSteps = Object.fromEntries(
    Object.entries(rows).map(([name, { data, shape }]) => [
      name,
      input(name, elementTypeOf(data), [chunk.steps, ...shape]),
    ]),
  );
  const coefficientNames = Object.keys(optimizer.coefficients(1, 1, options));
  const nextSeed = seedSequence(training.seed, "chunk", chunk.index);
  const indices = integers(followed);
  const last = Math.max(-1, ...followed);

  const { state, record } = loop(chunk.steps, initial, (state: TensorRecord, step) => {
    const { coefficients: numbers, ...samples } = Object.fromEntries(
      Object.entries(ofSteps).map(([name, rows]) => [name, gather(rows, step)]),
    );
    const drawn = labelled("batch", () => source.draw({ ...model, ...training }, task, samples, nextSeed));
    const names = Object.keys(parametersOf(config));
    const parameters = Object.fromEntries(names.map((name) => [name, state[name]]));
    const objective = "noise" in drawn
      ? objectiveOf(config, form, parameters, drawn)
      : averagedObjectiveOf(config, parameters, drawn);
    const gradients = gradient(objective.objective, Object.values(parameters));
    const coefficients = Object.fromEntries(
      coefficientNames.map((name, index) => [name, gather(numbers, indexOf(index))]),
    );
    // They do not depend on the chunk, so that one model serves all chunks of the same length.
    const nextKey = keySequence(training.seed, "optimizer");
    const next: TensorRecord = {};
    const record: TensorRecord = {};
    names.forEach((name, index) =>
      labelled(`${options.name}/${name}`, () => {
        const slots = Object.fromEntries(optimizer.slots.map((slot) => [slot, state[slotName(name, slot)]]));
        const update = optimizer.update({
          parameter: state[name],
          gradient: gradients[index],
          slots,
          coefficients,
          options,
          nextKey,
        });
        next[name] = update.parameter;
        for (const slot of optimizer.slots) next[slotName(name, slot)] = update.slots[slot];
        const size = sizeOf("followed", update.parameter.shape);
        if (last < size) record[`followed.${name}`] = gather(reshape(update.parameter, [size]), indices);
      })
    );
    return { next, record: { ...objective, ...record } };
  });
  return serialize({
    name: config.name,
    inputs: { ...initial, ...ofSteps },
    outputs: {
      ...Object.fromEntries(Object.entries(state).map(([name, tensor]) => [`next.${name}`, tensor])),
      ...record,
    },
  });
}

/** What the model of a chunk is run on: the training state, and the rows of the chunk's steps. */
export function chunkInputs(
  { tensors }: TrainingState,
  chunk: Chunk,
  rows: Readonly<Record<string, StepArray>>,
): Record<string, ArrayValue> {
  const stacked = Object.entries(rows)
    .map(([name, { data, shape }]) => [name, { data, shape: [chunk.steps, ...shape] }]);
  return { ...tensors, ...Object.fromEntries(stacked) };
}

function elementTypeOf(data: StepArray["data"]): ElementType {
  return constant(data, [data.length]).type;
}

function indexOf(value: number): Tensor {
  return constant(BigInt64Array.of(BigInt(value)));
}
