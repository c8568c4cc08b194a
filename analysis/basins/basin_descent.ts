/** A short training from given weights, and how much of S it leaves. */
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import { train } from "../../models/training/trainer.ts";
import { stateAt, weightsOf } from "../../models/training/training_state.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import type { WeightVector } from "../derivatives/weight_vector.ts";

/** How a descent is run. */
export interface DescentOptions {
  /** Training steps. */
  readonly steps: number;
  /** Peak learning rate. */
  readonly learningRate: number;
  /** Fixes the fresh data. */
  readonly seed: number;
  /** Where it runs. */
  readonly device: Device;
}

/**
 * Descends: the experiment's optimiser from zero moments, its warm-up, then a cosine to zero, on fresh data.
 *
 * @returns the weights after each chunk of steps
 */
export async function* descent(
  config: Config,
  start: WeightVector,
  { steps, learningRate, seed, device }: DescentOptions,
): AsyncGenerator<Weights> {
  const descending: Config = {
    ...config,
    optimizer: { ...config.optimizer, learningRate },
    training: { ...config.training, steps, seed },
  };
  const from = stateAt(descending, { encoder: start.encoder, decoder: start.decoder });
  for await (const { state } of train(descending, { from, device })) yield weightsOf(descending, state);
}

/** The weights at the end of a `descent`. */
export async function descend(config: Config, start: WeightVector, options: DescentOptions): Promise<Weights> {
  let last: Weights = { ...config.model, encoder: start.encoder, decoder: start.decoder };
  for await (const weights of descent(config, start, options)) last = weights;
  return last;
}

/** How many entries of S have another sign. */
export interface SignChanges {
  /** From 0 to ±1. */
  readonly created: number;
  /** From ±1 to 0. */
  readonly pruned: number;
  /** From ±1 to ∓1. */
  readonly flipped: number;
}

/**
 * Compares the signs of two encoders, each weight of which is read as the nearest of −c, 0 and c.
 *
 * @param before an encoder
 * @param after the same later, of the same length
 * @param amplitude c
 */
export function signChanges(before: Float32Array, after: Float32Array, amplitude: number): SignChanges {
  const read = (weight: number) => Math.abs(weight) > amplitude / 2 ? Math.sign(weight) : 0;
  const changes = { created: 0, pruned: 0, flipped: 0 };
  for (let pair = 0; pair < before.length; pair++) {
    const [from, to] = [read(before[pair]), read(after[pair])];
    if (from === to) continue;
    if (from === 0) changes.created++;
    else if (to === 0) changes.pruned++;
    else changes.flipped++;
  }
  return changes;
}
