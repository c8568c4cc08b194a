/** How often the features of a pair are on, and what the loss makes of it. */
import type { Config } from "../../models/experiment/config.ts";
import { type PairFunction, pairFunctions } from "../../models/data/pair_functions.ts";
import { rebalancedLoss } from "../../models/experiment/requirements.ts";

/** Samples by how many of the two features of a function are on: 0, 1 or 2. */
export interface PairCases {
  /** The chance of each case. */
  readonly chances: readonly [number, number, number];
  /** The function in each case. */
  readonly values: readonly [number, number, number];
  /** The weight that the loss gives to each case: λ where the function is 1. */
  readonly weights: readonly [number, number, number];
}

/** The cases of a function, for uniform k-hot samples. */
export function pairCases(config: Pick<Config, "model" | "task" | "loss">, name: PairFunction): PairCases {
  const { model: { features: d }, task: { activeFeatures: k } } = config;
  const { lambdaOn } = rebalancedLoss(config, "a function of a pair");
  const values = pairFunctions[name];
  const pairs = d * (d - 1);
  return {
    chances: [(d - k) * (d - k - 1) / pairs, 2 * k * (d - k) / pairs, k * (k - 1) / pairs],
    values,
    weights: [values[0] ? lambdaOn : 1, values[1] ? lambdaOn : 1, values[2] ? lambdaOn : 1],
  };
}

/** What the best constant output costs: of weight w₁ where the function is 1 and w₀ where it is 0, w₀w₁ / (w₀ + w₁). */
export function constantLoss({ chances, values, weights }: PairCases): number {
  const on = chances.reduce((sum, chance, index) => sum + values[index] * weights[index] * chance, 0);
  const off = chances.reduce((sum, chance, index) => sum + (1 - values[index]) * weights[index] * chance, 0);
  return on * off / (on + off);
}
