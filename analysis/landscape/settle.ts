/** Lets a training go on to where it hardly moves: what is left of the way to the minimum costs far fewer exact slopes. */
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import { descend } from "../basins/basin_descent.ts";
import type { WeightVector } from "../derivatives/weight_vector.ts";
import type { Waypoints } from "./waypoints.ts";

/** How a training goes on. */
export interface SettleOptions {
  /** The objective of the learned weights, to be kept beside the end. */
  readonly before: number;
  /** Its steps. */
  readonly steps: number;
  /** Peak learning rate; it falls to 0. */
  readonly learningRate: number;
  /** Where the end is kept. */
  readonly waypoints: Waypoints;
  /** Fixes the supports. */
  readonly seed: number;
  /** Where it trains. */
  readonly device: Device;
}

/** The experiment with the quietest gradients that it can be trained on. */
function quiet(config: Config): Config {
  return {
    ...config,
    task: { ...config.task, noise: "averaged", supports: "balanced" },
    training: { ...config.training, supportsPerNoise: 1 },
  };
}

/** The weights after more training without noise of the samples, on balanced supports. */
export async function settle(
  config: Config,
  learned: WeightVector,
  { before, steps, learningRate, waypoints, seed, device }: SettleOptions,
): Promise<WeightVector> {
  const kept = await waypoints.read("settled", learned);
  if (kept?.steps === steps) return kept.weights;
  const { encoder, decoder } = await descend(quiet(config), learned, { steps, learningRate, seed, device });
  const weights = { encoder, decoder };
  await waypoints.write("settled", learned, { before, weights, steps, slopes: 0 });
  return weights;
}
