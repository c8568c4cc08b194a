/** The task of computing: k-hot vectors under Gaussian noise, of which boolean functions of pairs of features are asked for. */
import { z } from "zod";
import { add, multiply, subtract } from "../graph/elementwise_ops.ts";
import { constant } from "../graph/tensor.ts";
import type { DataSource } from "./data_source.ts";
import { kHot } from "./k_hot.ts";
import { type BooleanOptions, functionCount, outputSums, pairFunctions } from "./pair_functions.ts";
import { sumOverSupport } from "./support.ts";

const names = Object.keys(pairFunctions) as (keyof typeof pairFunctions)[];

/** x is that of the k-hot task; y should be functions of x*. */
export const boolean: DataSource<BooleanOptions> = {
  options: z.strictObject({
    ...kHot.options.shape,
    functions: z.array(z.enum(names)).min(1).default(["and"]),
    denoise: z.boolean().default(false),
    pairSeed: z.int().nonnegative().default(0),
  }),
  wants: "functions",
  obstacle(size, task) {
    const { features, outputs = features } = size;
    const own = kHot.obstacle(size, task);
    if (own !== undefined) return own;
    if (task.noise === "averaged") {
      return { key: "noise", message: "functions of pairs have no average in closed form; use sampled" };
    }
    const count = functionCount(features, outputs, task);
    const most = features * (features - 1) / 2;
    if (count >= 1 && count <= most) return undefined;
    return {
      key: "functions",
      message: `there are ${most} pairs of ${features} features, of which ${outputs} outputs` +
        `${task.denoise ? ` beside x*, task.denoise,` : ""} would need ${count}; change model.outputs`,
    };
  },
  inputs: kHot.inputs,
  draw(size, task, inputs, nextSeed) {
    const { features, outputs = features } = size;
    const drawn = kHot.draw(size, task, inputs, nextSeed);
    const { sums, single, product } = outputSums(features, outputs, task);
    const on = sumOverSupport(constant(sums, [features, outputs], "pairs"), drawn);
    const pairsOn = multiply(multiply(on, subtract(on, 1)), constant(product.map((value) => value / 2), [outputs]));
    return { ...drawn, wanted: add(multiply(on, constant(single, [outputs])), pairsOn) };
  },
};
