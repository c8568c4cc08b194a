import { balancedBatch, type BalancedSize, balancedSupports } from "../../../models/data/balanced_supports.ts";
import type { Batch } from "../../../models/data/batch.ts";
import { constant, type ElementType } from "../../../models/graph/tensor.ts";

/** The balanced batch of one step as constants of a graph, its floats of the type asked for. */
export function fixedBalancedBatch(size: BalancedSize, type: ElementType, step = 0, seed = 3): Batch {
  const rows = balancedSupports(size, { first: step, count: 1 }, seed);
  const tensors = Object.entries(rows).map(([name, { data, shape }]) => {
    const typed = data instanceof Float32Array && type === "float64" ? Float64Array.from(data) : data;
    return [name, constant(typed, shape)];
  });
  return balancedBatch(size, Object.fromEntries(tensors));
}
