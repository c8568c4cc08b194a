/** Weights held at a temperature, and cooled to where they then lie. */
import * as d3 from "d3-array";
import { type Config, parseConfig } from "../../models/experiment/config.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import type { Device } from "../../models/runtime/device.ts";
import { heldOutLoss } from "../../models/training/evaluation.ts";
import { exactObstacle } from "../../models/training/exact/exact_means.ts";
import { exactObjective } from "../../models/training/exact/exact_objective.ts";
import { train } from "../../models/training/trainer.ts";
import { stateAt, weightsOf } from "../../models/training/training_state.ts";

/** How weights are held. */
export interface HoldOptions {
  /** T, in units of the objective. */
  readonly temperature: number;
  /** η of the Langevin steps. */
  readonly learningRate: number;
  /** Steps at the temperature. */
  readonly steps: number;
  /** Steps at temperature 0 after them, at a falling rate. */
  readonly coolingSteps: number;
  /** Of samples and noise. */
  readonly seed: number;
  /** Where it is computed. @default "cpu" */
  readonly device?: Device;
}

/** How far weights have frozen, without asking how many clusters they form. */
export interface Freezing {
  /** Weights beyond c/2, by feature. */
  readonly neuronsPerFeature: number;
  /** c: mean |E| of these. */
  readonly amplitude: number;
  /** Weights between c/4 and 3c/4, as a multiple of those beyond c/2: near 0 where S is decided, above 1 where it is not. */
  readonly undecided: number;
}

/** Weights after a time at a temperature. */
export interface Held {
  /** Mean over the last fifth of the steps. */
  readonly objective: number;
  /** By how much that is above the fifth before: 0 where nothing moves on average any more. */
  readonly drift: number;
  /** At the temperature. */
  readonly hot: Freezing;
  /** After cooling. */
  readonly cooled: Freezing;
  /** On infinite data, after cooling. */
  readonly cooledObjective: number;
}

/** The amplitude that is the mean of what is beyond half of it, from above. See {@linkcode temperatureScan}. */
export function freezingOf({ features, encoder }: Pick<Weights, "features" | "encoder">): Freezing {
  const sizes = Float64Array.from(encoder, Math.abs).sort().reverse();
  let [beyond, amplitude] = [1, sizes[0]];
  for (let sum = sizes[0]; beyond < sizes.length && sizes[beyond] > amplitude / 2; beyond++) {
    sum += sizes[beyond];
    amplitude = sum / (beyond + 1);
  }
  const between = sizes.filter((size) => size > amplitude / 4 && size < 3 * amplitude / 4).length;
  return { neuronsPerFeature: beyond / features, amplitude, undecided: between / beyond };
}

/**
 * Holds weights at a temperature by Langevin steps, and cools them by gradient descent.
 *
 * The noise of the gradient adds to the temperature: a hold at temperature 0 says how much.
 * See {@linkcode temperatureScan}.
 *
 * @param config the experiment; its optimiser, schedule and steps are not used
 * @param parameters where it begins, by name
 */
export async function hold(
  config: Config,
  parameters: Readonly<Record<string, Float32Array>>,
  { temperature, learningRate, steps, coolingSteps, seed, device }: HoldOptions,
): Promise<Held> {
  const at = (temperature: number, schedule: string, steps: number, seed: number) =>
    parseConfig({
      ...config,
      optimizer: { name: "langevin", temperature, learningRate },
      schedule: { name: schedule },
      training: { ...config.training, steps, seed },
    }, "the hold");
  const run = async (of: Config, from: Readonly<Record<string, Float32Array>>) => {
    const objectives: number[] = [];
    let state = stateAt(of, from);
    for await (const chunk of train(of, { from: state, device })) {
      state = chunk.state;
      objectives.push(...chunk.scalars.objective);
    }
    return { objectives, weights: weightsOf(of, state) };
  };
  const hot = await run(at(temperature, "constant", steps, seed), parameters);
  const { encoder, decoder } = hot.weights;
  const cooled = await run(at(0, "warmup-cosine", coolingSteps, seed + 1), { encoder, decoder });
  const fifth = Math.ceil(steps / 5);
  const last = d3.mean(hot.objectives.slice(-fifth))!;
  return {
    objective: last,
    drift: last - (d3.mean(hot.objectives.slice(-2 * fifth, -fifth)) ?? last),
    hot: freezingOf(hot.weights),
    cooled: freezingOf(cooled.weights),
    cooledObjective: exactObstacle(config) === undefined
      ? (await exactObjective(config, cooled.weights, { device })).objective
      : (await heldOutLoss(config, cooled.weights, { device })).objective,
  };
}
