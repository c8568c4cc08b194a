/** What is compared at each size: the quality to reach, and the recipes among which each method is given its best. */
import type { Config } from "../../models/experiment/config.ts";
import { loadPreset, type Settings } from "../../models/experiment/presets.ts";
import type { Goal } from "./bench_quality.ts";

/** Pinfield, or PyTorch as it is or through torch.compile. */
export type Runtime = "pinfield" | "pytorch" | "pytorch-compiled";

/** How a gradient is made: by drawing noise, or by its average in closed form over balanced supports. */
export type Method = "sampled" | "averaged";

/** What may be chosen for a method: the batch, the peak learning rate, and the schedule from which the search starts. */
export interface Recipe {
  readonly batch: number;
  /** R, in Pinfield's Gram form; PyTorch draws a noise vector for every sample. */
  readonly supportsPerNoise?: number;
  readonly learningRate: number;
  /** Decay of Adam's second moment. @default 0.999 */
  readonly beta2?: number;
  readonly steps: number;
}

/** A size of the comparison. */
export interface Size {
  /** The preset that fixes everything that is no part of a recipe. */
  readonly preset: string;
  readonly goal: Goal;
  /** Recipes for sampled noise; the first is the preset's of the time when all noise was sampled. */
  readonly sampled: readonly Recipe[];
  /** Recipes for averaged noise. */
  readonly averaged: readonly Recipe[];
}

/**
 * The goals are what training with sampled noise and iid supports reached when it was all there was: its held-out
 * objective, and a structure about as frozen (undecided weights for a corner weight: 0.089 at laptop, 0.016 at medium).
 */
export const sizes: readonly Size[] = [
  {
    preset: "laptop",
    goal: { objective: 7.32, undecided: 0.1 },
    sampled: scan(512, [[0.02, 1200], [0.03, 1200], [0.05, 1200]]),
    averaged: quiet(256, [[0.04, 500], [0.03, 566]]),
  },
  {
    preset: "medium",
    goal: { objective: 15.3, undecided: 0.02 },
    sampled: scan(1024, [[0.02, 1200], [0.03, 1200], [0.05, 1200]]),
    averaged: quiet(576, [[0.05, 300], [0.04, 400]]),
  },
  {
    preset: "superposition",
    goal: { objective: 19.4, undecided: 0.05 },
    sampled: scan(2048, [[0.02, 2000], [0.03, 2000]], 4),
    averaged: quiet(1536, [[0.05, 200]]),
  },
];

/** Whole passes over the features, at the rate that the second moment forgets at in the presets. */
function quiet(batch: number, rates: readonly [learningRate: number, steps: number][]): Recipe[] {
  return rates.map(([learningRate, steps]) => ({ batch, learningRate, beta2: 0.9, steps }));
}

/** Learning rates at the preset's batch, and the first of them with a shorter memory, at half and at twice the batch. */
function scan(batch: number, rates: readonly [learningRate: number, steps: number][], supportsPerNoise = 1): Recipe[] {
  const [[first, steps]] = rates;
  return [
    ...rates.map(([learningRate, steps]) => ({ batch, supportsPerNoise, learningRate, steps })),
    { batch, supportsPerNoise, learningRate: first, beta2: 0.95, steps },
    { batch: batch / 2, supportsPerNoise, learningRate: first, steps: 2 * steps },
    { batch: 2 * batch, supportsPerNoise, learningRate: first, steps },
  ];
}

/** A preset with a method and a recipe in place of its own. */
export function experiment(
  { preset }: Size,
  method: Method,
  { batch, supportsPerNoise = 1, learningRate, beta2 = 0.999, steps }: Recipe,
  seed = 0,
): Config {
  const settings: Settings = {
    "task.noise": method,
    "task.supports": method === "averaged" ? "balanced" : "independent",
    "training.batch": batch,
    "training.supportsPerNoise": supportsPerNoise,
    "training.steps": steps,
    "training.seed": seed,
    "optimizer.learningRate": learningRate,
    "optimizer.beta2": beta2,
  };
  return loadPreset(preset, settings);
}
