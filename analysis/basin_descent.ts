/** A short training from given weights, and how much of S it leaves. */
import type { Config } from "../models/config.ts";
import type { Device } from "../models/runtime/device.ts";
import { train, type TrainingState, weightsOf } from "../models/trainer.ts";
import { stateNames } from "../models/training_graph.ts";
import type { Weights } from "../models/weights.ts";
import type { SignMatrix } from "./sign_matrix.ts";

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
 * @returns the weights at the end
 */
export async function descend(
  config: Config,
  start: Weights,
  { steps, learningRate, seed, device }: DescentOptions,
): Promise<Weights> {
  const descent: Config = {
    ...config,
    optimizer: { ...config.optimizer, learningRate },
    training: { ...config.training, steps, seed },
  };
  const zeros = new Float32Array(start.encoder.length);
  const slots = Object.fromEntries(stateNames(descent).map((name) => [name, zeros]));
  let state: TrainingState = { step: 0, tensors: { ...slots, encoder: start.encoder, decoder: start.decoder } };
  for await (const chunk of train(descent, { from: state, device })) state = chunk.state;
  return weightsOf(descent, state);
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
 * Compares S with the encoder, each weight of which is read as the nearest of −c, 0 and c.
 *
 * @param signs S before
 * @param encoder E after, feature-major
 * @param amplitude c
 */
export function signChanges({ signs }: SignMatrix, encoder: Float32Array, amplitude: number): SignChanges {
  const changes = { created: 0, pruned: 0, flipped: 0 };
  for (let pair = 0; pair < signs.length; pair++) {
    const sign = Math.abs(encoder[pair]) > amplitude / 2 ? Math.sign(encoder[pair]) : 0;
    if (sign === signs[pair]) continue;
    if (signs[pair] === 0) changes.created++;
    else if (sign === 0) changes.pruned++;
    else changes.flipped++;
  }
  return changes;
}
