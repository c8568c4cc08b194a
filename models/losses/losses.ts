/**
 * The losses. Each says what one sample costs, from the output y written out (dense form) and, where it can be had
 * without forming y, from the activations (Gram form).
 */
import type { Config } from "../experiment/config.ts";
import type { Batch } from "../data/k_hot.ts";
import { add, exp, log, multiply, square, stopGradient, subtract } from "../graph/elementwise.ts";
import { gather, gatherAlongRows, reduceMax, reduceSum, reshape } from "../graph/layout.ts";
import { gram, quadraticForm } from "../graph/linear_algebra.ts";
import { staticShape } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";

/** Cost per sample, [B]: the whole, and the named parts that a loss is made of. */
export interface SampleLoss {
  readonly data: Tensor;
  readonly parts: Readonly<Record<string, Tensor>>;
}

/** A loss in its forms. */
export interface Loss {
  /** From y [B, d]. */
  dense(output: Tensor, support: Batch["support"], config: Config["loss"]): SampleLoss;
  /** From a [B, h] and the decoder [d, h]; absent where the loss needs all of y. */
  gram?(a: Tensor, decoder: Tensor, support: Batch["support"], config: Config["loss"]): SampleLoss;
}

/** Rebalanced MSE from Σ_all y² [B] and y on the support [B, k]: on = Σ_{i∈I}(y_i − 1)², off = Σ_{i∉I} y_i². */
function rebalancedParts(total: Tensor, onSupport: Tensor, { lambdaOn }: Config["loss"]): SampleLoss {
  const on = reduceSum(square(subtract(onSupport, 1)), { axes: [1] });
  const off = subtract(total, reduceSum(square(onSupport), { axes: [1] }));
  return { data: add(multiply(lambdaOn, on), off), parts: { on, off } };
}

const rebalanced: Loss = {
  dense: (output, support, config) =>
    rebalancedParts(reduceSum(square(output), { axes: [1] }), gatherAlongRows(output, support), config),
  gram(a, decoder, support, config) {
    const [batch, hidden] = staticShape("rebalanced", a.shape);
    const total = quadraticForm(a, gram(decoder));
    const onSupport = reduceSum(multiply(gather(decoder, support), reshape(a, [batch, 1, hidden])), { axes: [2] });
    return rebalancedParts(total, onSupport, config);
  },
};

/** Cross entropy of softmax(y) against x* / k: log Σ exp y − mean of y over the support. */
const softmax: Loss = {
  dense(output, support) {
    const largest = stopGradient(reduceMax(output, { axes: [1], keepAxes: true }));
    const sum = reduceSum(exp(subtract(output, largest)), { axes: [1] });
    const normaliser = add(log(sum), reshape(largest, sum.shape));
    const [, active] = staticShape("softmax", support.shape);
    const target = multiply(reduceSum(gatherAlongRows(output, support), { axes: [1] }), 1 / active);
    return { data: subtract(normaliser, target), parts: {} };
  },
};

/** Names, as in `loss.name`, and what they stand for. */
export const losses: Readonly<Record<string, Loss>> = { rebalanced, softmax };
