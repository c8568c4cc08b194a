/** The local learning coefficient of weights, estimated by Langevin chains around them. */
import * as d3 from "d3-array";
import type { Config } from "../../models/experiment/config.ts";
import { parseConfig } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import { train } from "../../models/training/trainer.ts";
import { stateAt } from "../../models/training/training_state.ts";

/** How the chains run. */
export interface LearningCoefficientOptions {
  /** nβ: the inverse of the temperature. Watanabe's choice for n samples is n / ln n. */
  readonly inverseTemperature: number;
  /** γ: what a displacement costs beside nβL, as γ‖θ − θ₀‖² / 2. */
  readonly localization: number;
  /** η of the Langevin steps; devinterp's ε is 2η / nβ. */
  readonly learningRate: number;
  /** Steps of a chain that count. */
  readonly steps: number;
  /** Steps before those. @default as many */
  readonly settling?: number;
  /** Chains, each of other random numbers. @default 4 */
  readonly chains?: number;
  /** Where it is computed. @default "cpu" */
  readonly device?: Device;
}

/** λ̂ = nβ (⟨L⟩ − L(θ₀)), after Lau et al. 2023 (arXiv:2308.12108). */
export interface LearningCoefficient {
  /** λ̂: half the number of weights at a regular minimum, less at a singular one. */
  readonly value: number;
  /** Its standard error over the chains. */
  readonly error: number;
  /** λ̂ of each chain. */
  readonly chains: readonly number[];
  /** L(θ₀), mean over the batches of the chains. */
  readonly atStart: number;
}

/**
 * Estimates the local learning coefficient of the objective, ridges included, at given weights.
 *
 * L(θ₀) is taken on the very batches that the chains see, so that what the choice of samples does to both drops out. The error
 * says how far chains differ; a chain that has not settled, steps that are too long (a factor 1 / (1 − ηh/2) in a direction of
 * curvature h) or weights that are no minimum make a bias that it does not show.
 *
 * @param config the experiment; its task, batch and loss are used, its optimiser is not
 * @param parameters θ₀, by name
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { parseConfig } from "../../models/experiment/config.ts";
 * import { train } from "../../models/training/trainer.ts";
 * import { localLearningCoefficient } from "./local_learning_coefficient.ts";
 * const config = parseConfig({
 *   name: "tiny",
 *   model: { features: 8, hidden: 4 },
 *   task: { name: "finite", samples: 64, activeFeatures: 1 },
 *   loss: { encoderRidge: 0.1, decoderRidge: 0.1 },
 *   training: { steps: 1000, batch: 64, initialScale: 1 },
 * }, "example");
 * const chunks = await Array.fromAsync(train(config));
 * const { encoder, decoder } = chunks.at(-1)!.state.tensors;
 * const { value } = await localLearningCoefficient(
 *   config,
 *   { encoder: encoder.data, decoder: decoder.data },
 *   { inverseTemperature: 1000, localization: 1, learningRate: 0.05, steps: 200 },
 * );
 * // A regular minimum has half the number of weights, 64.
 * assertAlmostEquals(value, 32, 6);
 * ```
 */
export async function localLearningCoefficient(
  config: Config,
  parameters: Readonly<Record<string, Float32Array>>,
  { inverseTemperature, localization, learningRate, steps, settling = steps, chains = 4, device }:
    LearningCoefficientOptions,
): Promise<LearningCoefficient> {
  const experiment = (seed: number, optimizer: Record<string, unknown>) =>
    parseConfig({
      ...config,
      optimizer,
      schedule: { name: "constant" },
      training: { ...config.training, steps: settling + steps, seed },
    }, "the local learning coefficient");
  const meanObjective = async (of: Config) => {
    const objectives: number[] = [];
    for await (const { scalars } of train(of, { from: stateAt(of, parameters), device })) {
      objectives.push(...scalars.objective);
    }
    return d3.mean(objectives.slice(settling))!;
  };
  const found: { start: number; coefficient: number }[] = [];
  for (let chain = 0; chain < chains; chain++) {
    const seed = config.training.seed + chain;
    const moving = experiment(seed, {
      name: "localized-langevin",
      temperature: 1 / inverseTemperature,
      localization: localization / inverseTemperature,
      learningRate,
    });
    const start = await meanObjective(experiment(seed, still));
    found.push({ start, coefficient: inverseTemperature * (await meanObjective(moving) - start) });
  }
  const coefficients = found.map(({ coefficient }) => coefficient);
  return {
    value: d3.mean(coefficients)!,
    error: (d3.deviation(coefficients) ?? Infinity) / Math.sqrt(chains),
    chains: coefficients,
    atStart: d3.mean(found, ({ start }) => start)!,
  };
}

/** Steps that are lost in rounding: a training that stays where it is and sees the batches of any other. */
const still = { name: "sgd", learningRate: 1e-30 };
