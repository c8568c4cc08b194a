import { z } from "zod";
import { add, multiply, square, subtract } from "../graph/elementwise.ts";
import { gather, gatherAlongRows, reduceSum, reshape } from "../graph/layout.ts";
import { gram, quadraticForm } from "../graph/linear_algebra.ts";
import { staticShape } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { type Loss, ridges, type SampleLoss } from "./loss.ts";

const options = z.strictObject({
  /** λ: weight of the coordinates in the support. */
  lambdaOn: z.number().positive().default(16),
  ...ridges,
  /** How the loss is computed: `gram` forms no d-wide output; `auto` takes the cheaper form. */
  form: z.enum(["auto", "dense", "gram"]).default("auto"),
});

/** The options of the rebalanced loss. */
export type RebalancedOptions = z.infer<typeof options>;

/** The cost from Σ_all y² [B] and y on the support [B, k]: on = Σ_{i∈I}(y_i − 1)², off = Σ_{i∉I} y_i². */
function fromParts(total: Tensor, onSupport: Tensor, { lambdaOn }: RebalancedOptions): SampleLoss {
  const on = reduceSum(square(subtract(onSupport, 1)), { axes: [1] });
  const off = subtract(total, reduceSum(square(onSupport), { axes: [1] }));
  return { data: add(multiply(lambdaOn, on), off), parts: { on, off } };
}

/** Rebalanced mean squared error: λ Σ_{i∈I} (y_i − 1)² + Σ_{i∉I} y_i². */
export const rebalanced = {
  options,
  dense: (output, { support }, loss) =>
    fromParts(reduceSum(square(output), { axes: [1] }), gatherAlongRows(output, support), loss),
  gram(a, decoder, { support }, loss) {
    const [batch, hidden] = staticShape("rebalanced", a.shape);
    const total = quadraticForm(a, gram(decoder));
    const onSupport = reduceSum(multiply(gather(decoder, support), reshape(a, [batch, 1, hidden])), { axes: [2] });
    return fromParts(total, onSupport, loss);
  },
} satisfies Loss<RebalancedOptions>;
