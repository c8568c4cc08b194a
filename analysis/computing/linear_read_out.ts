/** The best linear read-out of boolean functions from the noisy input: what there is without computing anything. */
import type { Config } from "../../models/experiment/config.ts";
import { type BooleanOptions, type PairFunction, pairOutputs } from "../../models/data/pair_functions.ts";
import { leastSquares } from "../numerics/least_squares.ts";
import { constantLoss, pairCases } from "./pair_cases.ts";

/** y = own · (the sum of x over the pair) + other · (the sum over all other features) + constant. */
export interface LinearReadOut {
  /** Weight of the two features of the function. */
  readonly own: number;
  /** Weight of every other feature. */
  readonly other: number;
  /** What is added. */
  readonly constant: number;
  /** The share of the loss of the best constant that it takes away. */
  readonly explained: number;
}

/**
 * The weighted least-squares fit of a function to all of x, exactly. The loss is convex and does not change when the features of
 * the pair, or the others, are exchanged: so the best weights are alike within either, and with s features of the pair on
 *
 *     y = own·s + other·(k − s) + constant + noise of variance σ² (2·own² + (d − 2)·other²).
 */
export function bestLinearReadOut(config: Pick<Config, "model" | "task" | "loss">, name: PairFunction): LinearReadOut {
  const { model: { features }, task: { activeFeatures, noiseVariance } } = config;
  const cases = pairCases(config, name);
  const weights = cases.chances.map((chance, index) => Math.sqrt(chance * cases.weights[index]));
  const noise = Math.sqrt(noiseVariance * weights.reduce((sum, weight) => sum + weight ** 2, 0));
  // A row for each case, and one for the noise through each of the two weights.
  const columns = [
    [...weights.map((weight, on) => weight * on), noise * Math.SQRT2, 0],
    [...weights.map((weight, on) => weight * (activeFeatures - on)), 0, noise * Math.sqrt(features - 2)],
    [...weights, 0, 0],
  ];
  const response = [...weights.map((weight, on) => weight * cases.values[on]), 0, 0];
  const [own, other, constant] = leastSquares(columns, response);
  const loss = response.reduce((sum, value, row) => {
    const fitted = own * columns[0][row] + other * columns[1][row] + constant * columns[2][row];
    return sum + (value - fitted) ** 2;
  }, 0);
  return { own, other, constant, explained: 1 - loss / constantLoss(cases) };
}

/** The best linear read-outs of all functions as one layer: [d, m] row by row, and [m]; zero where x* is asked for. */
export function linearLayer(
  config: Pick<Config, "model" | "task" | "loss">,
  task: BooleanOptions,
  outputs: number,
): { readonly weights: Float32Array; readonly bias: Float32Array } {
  const { features } = config.model;
  const weights = new Float32Array(features * outputs);
  const bias = new Float32Array(outputs);
  const readOuts = new Map(task.functions.map((name) => [name, bestLinearReadOut(config, name)]));
  for (const { output, name, pair } of pairOutputs(features, outputs, task)) {
    const { own, other, constant } = readOuts.get(name)!;
    for (let feature = 0; feature < features; feature++) {
      weights[feature * outputs + output] = pair.includes(feature) ? own : other;
    }
    bias[output] = constant;
  }
  return { weights, bias };
}
