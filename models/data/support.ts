/** Rows of a matrix picked by the support of every sample, and how they are differentiated. */
import { add, multiply } from "../graph/elementwise.ts";
import { gather, reduceSum, reshape } from "../graph/layout.ts";
import { staticShape } from "../graph/shape.ts";
import { composite, type Tensor } from "../graph/tensor.ts";
import type { Batch, Occurrences } from "./batch.ts";

/**
 * The rows of the features that are on.
 *
 * @param matrix [d, n], a row for each feature
 * @returns [B, k, n]
 */
export function rowsOnSupport(matrix: Tensor, batch: Batch): Tensor {
  const rows = gather(matrix, batch.support);
  const { occurrences } = batch;
  if (occurrences === undefined) return rows;
  return composite("RowsOnSupport", [matrix], rows, (g) => [rowsByFeature(g, batch, occurrences)]);
}

/**
 * The sum over the features that are on.
 *
 * @param matrix [d, n], a row for each feature
 * @returns [B, n]
 */
export function sumOverSupport(matrix: Tensor, batch: Batch): Tensor {
  const sum = reduceSum(gather(matrix, batch.support), { axes: [1] });
  const { occurrences } = batch;
  if (occurrences === undefined) return sum;
  return composite("SumOverSupport", [matrix], sum, (g) => [sumOverSamples(g, batch, occurrences)]);
}

/** For each feature the sum of its rows in [B, k, n]: the transpose of `rowsOnSupport`, without a scatter. */
function rowsByFeature(rows: Tensor, batch: Batch, occurrences: Occurrences): Tensor {
  const [samples, activeFeatures, width] = staticShape("rowsByFeature", rows.shape);
  const flat = reshape(rows, [samples * activeFeatures, width]);
  const sum = overPasses(flat, occurrences.entries, occurrences);
  return composite("RowsByFeature", [rows], sum, (g) => [rowsOnSupport(g, batch)]);
}

/** For each feature the sum of the rows of its samples in [B, n]: the transpose of `sumOverSupport`. */
function sumOverSamples(rows: Tensor, batch: Batch, occurrences: Occurrences): Tensor {
  const sum = overPasses(rows, occurrences.samples, occurrences);
  return composite("SumOverSamples", [rows], sum, (g) => [sumOverSupport(g, batch)]);
}

/** Σ over the passes of the rows at each feature's index. */
function overPasses(rows: Tensor, indices: readonly Tensor[], { inLastPass }: Occurrences): Tensor {
  const picked = indices.map((index) => gather(rows, index));
  if (inLastPass !== undefined) picked.push(multiply(picked.pop()!, inLastPass));
  return picked.reduce(add);
}
