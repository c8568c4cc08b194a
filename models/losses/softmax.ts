import { z } from "zod";
import { add, exp, log, multiply, stopGradient, subtract } from "../graph/elementwise.ts";
import { gatherAlongRows, reduceMax, reduceSum, reshape } from "../graph/layout.ts";
import { staticShape } from "../graph/shape.ts";
import { type Loss, ridges } from "./loss.ts";

/** Cross entropy of softmax(y) against x* / k: log Σ exp y − mean of y over the support. */
export const softmax: Loss = {
  options: z.strictObject(ridges),
  dense(output, { support }) {
    const largest = stopGradient(reduceMax(output, { axes: [1], keepAxes: true }));
    const sum = reduceSum(exp(subtract(output, largest)), { axes: [1] });
    const normaliser = add(log(sum), reshape(largest, sum.shape));
    const [, active] = staticShape("softmax", support.shape);
    const target = multiply(reduceSum(gatherAlongRows(output, support), { axes: [1] }), 1 / active);
    return { data: subtract(normaliser, target), parts: {} };
  },
};
