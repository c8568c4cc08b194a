import { z } from "zod";
import { add, multiply, square, subtract } from "../graph/elementwise.ts";
import { rowsOnSupport } from "../data/support.ts";
import { gatherAlongRows, reduceSum, reshape } from "../graph/layout.ts";
import { diagonal, gram, innerProduct, quadraticForm, quadraticFormSum } from "../graph/symmetric.ts";
import { mehlerWeight } from "../network/averages/mehler.ts";
import { staticShape } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { type Loss, type Ridges, ridges, type SampleLoss } from "./loss.ts";

/** The options of the rebalanced loss. */
export interface RebalancedOptions extends Ridges {
  /** λ: weight of the coordinates in the support. @default 16 */
  readonly lambdaOn: number;
  /** How the loss is computed: `gram` forms no d-wide output; `auto` takes the cheaper form. @default "auto" */
  readonly form: "auto" | "dense" | "gram";
}

/** The cost from Σ_all y² [B] and y on the support [B, k]: on = Σ_{i∈I}(y_i − 1)², off = Σ_{i∉I} y_i². */
function fromParts(total: Tensor, onSupport: Tensor, { lambdaOn }: RebalancedOptions): SampleLoss {
  const on = reduceSum(square(subtract(onSupport, 1)), { axes: [1] });
  const off = subtract(total, reduceSum(square(onSupport), { axes: [1] }));
  return { data: add(multiply(lambdaOn, on), off), parts: { on, off } };
}

/** Rebalanced mean squared error: λ Σ_{i∈I} (y_i − 1)² + Σ_{i∉I} y_i². */
export const rebalanced: Required<Loss<RebalancedOptions>> = {
  options: z.strictObject({
    lambdaOn: z.number().positive().default(16),
    ...ridges,
    form: z.enum(["auto", "dense", "gram"]).default("auto"),
  }),
  dense: (output, { support }, loss) =>
    fromParts(reduceSum(square(output), { axes: [1] }), gatherAlongRows(output, support), loss),
  gram(a, decoder, batch, loss) {
    const [samples, hidden] = staticShape("rebalanced", a.shape);
    const total = quadraticForm(a, gram(decoder));
    const rows = rowsOnSupport(decoder, batch);
    const onSupport = reduceSum(multiply(rows, reshape(a, [samples, 1, hidden])), { axes: [2] });
    return fromParts(total, onSupport, loss);
  },
  averaged(readOut, batch, { lambdaOn }) {
    const { mean, slopes, remainder, covariance, decoder } = readOut;
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
      on: add(variance, multiply(reduceSum(square(subtract(onSupport, 1))), share)),
      off: subtract(subtract(total, variance), multiply(innerProduct(onSupport, onSupport), share)),
    };
    return { data: add(multiply(lambdaOn, parts.on), parts.off), parts };
  },
};
