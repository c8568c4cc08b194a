import { z } from "zod";
import type { Batch } from "../data/batch.ts";
import { add, divide, exp, log, multiply, stopGradient, subtract } from "../graph/elementwise_ops.ts";
import { gather, gatherAlongRows, reduceMax, reduceSum, reshape } from "../graph/layout_ops.ts";
import { staticShape } from "../graph/tensor_shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { type Loss, ridges } from "./loss.ts";

/** The share of each coordinate of the support in the cost, [B, k]; undefined where all have 1/k. */
function sharesOf({ support, values, targets = values, weights }: Batch): Tensor | undefined {
  if (targets === undefined && weights === undefined) return undefined;
  const ofTargets = targets && divide(targets, reduceSum(targets, { axes: [1], keepAxes: true }));
  const ofWeights = weights && gather(weights, support);
  if (ofTargets === undefined || ofWeights === undefined) {
    return ofTargets ?? multiply(ofWeights!, 1 / staticShape("softmax", support.shape)[1]);
  }
  return multiply(ofTargets, ofWeights);
}

/**
 * Cross entropy of softmax(y) against x* / Σ x*, which is log Σ exp y − mean of y over the support where x* is 1 there. A
 * coordinate's weight multiplies its share.
 */
export const softmax: Loss = {
  options: z.strictObject(ridges),
  dense(output, batch) {
    const { support } = batch;
    const largest = stopGradient(reduceMax(output, { axes: [1], keepAxes: true }));
    const sum = reduceSum(exp(subtract(output, largest)), { axes: [1] });
    const normaliser = add(log(sum), reshape(largest, sum.shape));
    const [samples, active] = staticShape("softmax", support.shape);
    const onSupport = gatherAlongRows(output, support);
    const shares = sharesOf(batch);
    if (shares !== undefined) {
      const costs = multiply(shares, subtract(reshape(normaliser, [samples, 1]), onSupport));
      return { data: reduceSum(costs, { axes: [1] }), parts: {} };
    }
    const target = multiply(reduceSum(onSupport, { axes: [1] }), 1 / active);
    return { data: subtract(normaliser, target), parts: {} };
  },
};
