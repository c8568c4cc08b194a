/** What a training carries from step to step: arrays by name, the parameters and what the optimiser keeps of each. */
import { UsageError } from "../errors.ts";
import type { Config } from "../experiment/config.ts";
import { networks } from "../network/networks.ts";
import type { ParameterSpec } from "../network/network.ts";
import type { Weights } from "../network/network_weights.ts";
import { optimizers } from "../optimizers/optimizers.ts";
import { randomStream } from "../random.ts";

/** An array of the state. */
export interface StateArray {
  /** Entry by entry, the last axis fastest. */
  readonly data: Float32Array;
  /** Extents of the axes. */
  readonly shape: readonly number[];
}

/** Where a training stands. */
export interface TrainingState {
  /** Steps done. */
  readonly step: number;
  /** The parameters, and the optimiser's slots as `parameter.slot`. */
  readonly tensors: Readonly<Record<string, StateArray>>;
}

/** The parameters of an experiment's network by name, in the order of everything that walks over them. */
export function parametersOf({ model }: Pick<Config, "model">): Readonly<Record<string, ParameterSpec>> {
  return networks.get(model.name).parameters(model);
}

/** The parameters of a state without what the optimiser keeps. See {@linkcode initialState}. */
export function parameterValues(
  config: Pick<Config, "model">,
  { tensors }: TrainingState,
): Readonly<Record<string, StateArray>> {
  return Object.fromEntries(Object.keys(parametersOf(config)).map((name) => [name, tensors[name]]));
}

/** The name of an optimiser slot among the tensors of the training state. */
export function slotName(parameter: string, slot: string): string {
  return `${parameter}.${slot}`;
}

/** The shape of every array of the state, each parameter's slots after it. */
export function stateShapes(config: Config): Record<string, readonly number[]> {
  const { slots } = optimizers.get(config.optimizer.name);
  return Object.fromEntries(
    Object.entries(parametersOf(config)).flatMap(([name, { shape }]) => [
      [name, shape],
      ...slots.map((slot) => [slotName(name, slot), shape]),
    ]),
  );
}

/** The state that begins at given parameters: no step done, the optimiser's slots zero. */
export function stateAt(config: Config, parameters: Readonly<Record<string, Float32Array>>): TrainingState {
  const arrays = Object.entries(stateShapes(config)).map(([name, shape]) => {
    const size = shape.reduce((product, extent) => product * extent, 1);
    return [name, { data: parameters[name] ?? new Float32Array(size), shape }];
  });
  return { step: 0, tensors: Object.fromEntries(arrays) };
}

/**
 * Xavier normal parameters (Glorot and Bengio 2010), scaled by `training.initialScale`; biases and slots zero.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { preset } from "../experiment/presets.ts";
 * import { initialState, parameterValues, weightsOf } from "./training_state.ts";
 * const config = preset("quick", { "model.features": 16, "model.hidden": 8 });
 * const state = initialState(config); // what `train(config, { from: state })` begins at
 * assertEquals(Object.keys(state.tensors).slice(0, 3), ["encoder", "encoder.firstMoment", "encoder.secondMoment"]);
 * assertEquals(Object.keys(parameterValues(config, state)), ["encoder", "decoder"]);
 * assertEquals(weightsOf(config, state).encoder.length, 16 * 8);
 * ```
 */
export function initialState(config: Config): TrainingState {
  const { seed, initialScale } = config.training;
  const parameters = Object.entries(parametersOf(config)).map(([name, { shape: [rows, columns], bias = false }]) => {
    const spread = bias ? 0 : initialScale * Math.sqrt(2 / (rows + columns));
    const { normal } = randomStream(seed, "initial", name);
    const values = new Float32Array(rows * columns);
    for (let index = 0; index < values.length; index++) values[index] = spread * normal();
    return [name, values];
  });
  return stateAt(config, Object.fromEntries(parameters));
}

/** Whether the network has an encoder and a decoder whose entries pair up: what the movie and most analyses look at. */
export function hasWeightPairs({ model }: Pick<Config, "model">): boolean {
  const { encoder, decoder } = parametersOf({ model });
  const shape = String([model.features, model.hidden]);
  return String(encoder?.shape) === shape && String(decoder?.shape) === shape;
}

/**
 * The two weight matrices of a training state. See {@linkcode initialState}.
 *
 * @throws {UsageError} if the network is none with one encoder and one decoder: what measures these two cannot take it
 */
export function weightsOf({ model }: Pick<Config, "model">, { tensors }: Pick<TrainingState, "tensors">): Weights {
  if (!hasWeightPairs({ model })) {
    const names = Object.keys(parametersOf({ model })).join(", ");
    throw new UsageError(`A ${model.name} has the parameters ${names}: no encoder and decoder to measure.`);
  }
  const { encoder, decoder } = tensors;
  return { features: model.features, hidden: model.hidden, encoder: encoder.data, decoder: decoder.data };
}
