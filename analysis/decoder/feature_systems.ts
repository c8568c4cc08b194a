/** The linear system of every feature, whose solutions are the rows of the optimal decoder, as a graph. */
import type { Config } from "../../models/experiment/config.ts";
import { rebalancedLoss } from "../../models/experiment/requirements.ts";
import { add, divide, multiply, sqrt, subtract } from "../../models/graph/elementwise_ops.ts";
import { gather, reduceSum, reshape } from "../../models/graph/layout_ops.ts";
import { matmul } from "../../models/graph/linear_algebra_ops.ts";
import { loop } from "../../models/graph/loop.ts";
import { serialize } from "../../models/graph/serialize.ts";
import { input, type Tensor } from "../../models/graph/tensor.ts";
import { activations } from "../../models/network/activations/activations.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import { addedFeatures, type Bank, bankInputs } from "./sample_bank.ts";

/**
 * Some steps of conjugate gradients (Hestenes and Stiefel 1952) on the system of every feature, one after the other.
 *
 * Inputs: `encoder`, the bank's features, the three outputs of `sharedMomentsModel`, and `start` [d, h]. Outputs:
 * `decoder` [d, h], `residual` [d], |A D_i − b| / |b|, and `explained` [d], b·D_i: for the solution, what feature i
 * takes off the objective of a decoder of zeros.
 */
export function solverModel(
  config: Config,
  { features, hidden }: Pick<Weights, "features" | "hidden">,
  bank: Bank,
  steps: number,
): Uint8Array {
  const { activeFeatures } = config.task;
  const { lambdaOn } = rebalancedLoss(config, "the optimal decoder");
  const activation = activations.get(config.model.activation);
  const chosen = bankInputs(bank);
  const encoder = input("encoder", "float32", [features, hidden]);
  const z = input("bank", "float32", [bank.size, hidden]);
  const common = input("matrix", "float32", [hidden, hidden]);
  const shift = input("shift", "float32", [1, hidden]);
  const start = input("start", "float32", [features, hidden]);
  const chance = activeFeatures / features;

  const { record } = loop(features, {}, (_, feature) => {
    const a = add(activation.apply(add(z, gather(encoder, addedFeatures(chosen, activeFeatures, feature)))), shift);
    const matrix = add(
      common,
      multiply(matmul(a, a, { transposeA: true }), (lambdaOn - 1) * chance / bank.size),
    );
    const mean = multiply(reduceSum(a, { axes: [0], keepAxes: true }), 1 / bank.size);
    const target = multiply(mean, lambdaOn * chance);
    const { solution, residual } = conjugateGradients(
      matrix,
      target,
      reshape(gather(start, feature), [1, hidden]),
      steps,
    );
    return {
      next: {},
      record: {
        decoder: reshape(solution, [hidden]),
        residual: sqrt(divide(dot(residual, residual), add(dot(target, target), tiny))),
        explained: dot(target, solution),
      },
    };
  });
  return serialize({
    name: "optimal-decoder",
    inputs: { encoder, ...chosen, bank: z, matrix: common, shift, start },
    outputs: record,
  });
}

/** Keeps a quotient of two numbers that have both gone to zero at zero. */
const tiny = 1e-30;

function dot(a: Tensor, b: Tensor): Tensor {
  return reduceSum(multiply(a, b));
}

/** Solves x·A = b for rows x and b [1, h] and a symmetric positive definite A [h, h]. */
function conjugateGradients(matrix: Tensor, target: Tensor, start: Tensor, steps: number) {
  const residual = subtract(target, matmul(start, matrix));
  const { state } = loop(steps, { solution: start, residual, direction: residual }, (state) => {
    const { solution, residual, direction } = state;
    const product = matmul(direction, matrix);
    const before = dot(residual, residual);
    const step = divide(before, add(dot(direction, product), tiny));
    const nextResidual = subtract(residual, multiply(step, product));
    const turn = divide(dot(nextResidual, nextResidual), add(before, tiny));
    const next = {
      solution: add(solution, multiply(step, direction)),
      residual: nextResidual,
      direction: add(nextResidual, multiply(turn, direction)),
    };
    return { next, record: {} };
  });
  return state;
}
