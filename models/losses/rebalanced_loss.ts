import { z } from "zod";
import type { Batch } from "../data/batch.ts";
import { add, multiply, sqrt, square, subtract } from "../graph/elementwise_ops.ts";
import { rowsOnSupport } from "../data/support.ts";
import { gather, gatherAlongRows, reduceSum, reshape } from "../graph/layout_ops.ts";
import { diagonal, gram, innerProduct, quadraticForm, quadraticFormSum } from "../graph/symmetric_ops.ts";
import { mehlerWeight } from "../network/averages/mehler.ts";
import { staticShape } from "../graph/tensor_shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { type Loss, type Ridges, ridges, type SampleLoss } from "./loss.ts";

/** The options of the rebalanced loss. */
export interface RebalancedOptions extends Ridges {
  /** λ: weight of the coordinates in the support. @default 16 */
  readonly lambdaOn: number;
  /** How the loss is computed: `gram` forms no d-wide output; `auto` takes the cheaper form. @default "auto" */
  readonly form: "auto" | "dense" | "gram";
}

/**
 * y on the support less its target, from y there [B, k]. Where coordinates have weights, both times √w: the loss of √w∘y
 * without weights is the loss of y with them.
 */
function errorOnSupport(onSupport: Tensor, { support, values, targets = values, weights }: Batch): Tensor {
  if (weights === undefined) return subtract(onSupport, targets ?? 1);
  const roots = gather(sqrt(weights), support);
  return subtract(onSupport, targets === undefined ? roots : multiply(targets, roots));
}

/** The decoder that puts out √w∘y; the decoder itself where coordinates have no weights. */
function weightedDecoder(decoder: Tensor, { weights }: Batch): Tensor {
  return weights === undefined ? decoder : multiply(decoder, reshape(sqrt(weights), [decoder.shape[0], 1]));
}

/** The cost from Σ_all w_i y_i² [B] and √w∘y on the support [B, k]: on = Σ_{i∈I} w_i (y_i − t_i)², off = Σ_{i∉I} w_i y_i². */
function fromParts(total: Tensor, onSupport: Tensor, batch: Batch, { lambdaOn }: RebalancedOptions): SampleLoss {
  const on = reduceSum(square(errorOnSupport(onSupport, batch)), { axes: [1] });
  const off = subtract(total, reduceSum(square(onSupport), { axes: [1] }));
  return { data: add(multiply(lambdaOn, on), off), parts: { on, off } };
}

/** Rebalanced mean squared error: λ Σ_{i∈I} w_i (y_i − t_i)² + Σ_{i∉I} w_i y_i²; weights w and targets t are 1 by default. */
export const rebalanced: Required<Loss<RebalancedOptions>> = {
  options: z.strictObject({
    lambdaOn: z.number().positive().default(16),
    ...ridges,
    form: z.enum(["auto", "dense", "gram"]).default("auto"),
  }),
  dense(output, batch, loss) {
    const { support, weights } = batch;
    const y = weights === undefined ? output : multiply(output, sqrt(weights));
    return fromParts(reduceSum(square(y), { axes: [1] }), gatherAlongRows(y, support), batch, loss);
  },
  functions(output, wanted, { lambdaOn }) {
    const on = reduceSum(multiply(wanted, square(subtract(output, 1))), { axes: [1] });
    const off = reduceSum(multiply(subtract(1, wanted), square(output)), { axes: [1] });
    return { data: add(multiply(lambdaOn, on), off), parts: { on, off } };
  },
  gram(a, unweighted, batch, loss) {
    const [samples, hidden] = staticShape("rebalanced", a.shape);
    const decoder = weightedDecoder(unweighted, batch);
    const total = quadraticForm(a, gram(decoder));
    const rows = rowsOnSupport(decoder, batch);
    const onSupport = reduceSum(multiply(rows, reshape(a, [samples, 1, hidden])), { axes: [2] });
    return fromParts(total, onSupport, batch, loss);
  },
  averaged(readOut, batch, { lambdaOn }) {
    const { mean, slopes, remainder, covariance } = readOut;
    const decoder = weightedDecoder(readOut.decoder, batch);
    const [samples, hidden] = staticShape("rebalanced", mean.shape);
    const squares = gram(decoder);
    const share = 1 / samples;
    // Σ_all E y²: mᵀGm, the covariances that Mehler's expansion gives, and what it leaves on the diagonal.
    const total = [
      quadraticFormSum(mean, squares, share),
      ...slopes.map((slope, place) =>
        quadraticFormSum(slope, multiply(squares, mehlerWeight(covariance, place + 1)), share)
      ),
      innerProduct(diagonal(squares), multiply(reduceSum(remainder, { axes: [0] }), share)),
    ].reduce(add);
    const rows = rowsOnSupport(decoder, batch);
    const [, activeFeatures] = staticShape("rebalanced", rows.shape);
    const along = (activations: Tensor) => multiply(rows, reshape(activations, [samples, 1, hidden]));
    const onSupport = reduceSum(along(mean), { axes: [2] });
    const variance = [
      ...slopes.map((slope, place) => {
        const responses = reshape(along(slope), [samples * activeFeatures, hidden]);
        return quadraticFormSum(responses, mehlerWeight(covariance, place + 1), share);
      }),
      multiply(innerProduct(reduceSum(square(rows), { axes: [1] }), remainder), share),
    ].reduce(add);
    const parts = {
      on: add(variance, multiply(reduceSum(square(errorOnSupport(onSupport, batch))), share)),
      off: subtract(subtract(total, variance), multiply(innerProduct(onSupport, onSupport), share)),
    };
    return { data: add(multiply(lambdaOn, parts.on), parts.off), parts };
  },
};
