/** Rows of a matrix picked by the support of every sample, and how they are differentiated. */
import { add, multiply } from "../graph/elementwise_ops.ts";
import { gather, reduceSum, reshape } from "../graph/layout_ops.ts";
import { sizeOf, staticShape } from "../graph/tensor_shape.ts";
import { composite, type Tensor } from "../graph/tensor.ts";
import type { Batch, Occurrences } from "./batch.ts";

/**
 * The rows of the features that are on.
 *
 * @param matrix [d, n], a row for each feature
 * @returns [B, k, n]
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { constant, integers, reshape, seedSequence, serialize } from "../graph/mod.ts";
 * import { runOnce } from "../runtime/session.ts";
 * import { sampleSupports } from "./k_hot.ts";
 * import { rowsOnSupport, sumOverSupport } from "./support.ts";
 * const matrix = constant(Float32Array.of(1, 2, 10, 20, 100, 200), [3, 2]); // three features, a row of two for each
 * const batch = { support: reshape(integers([0, 2]), [1, 2]) }; // one sample, in which the first and the last are on
 * const outputs = {
 *   rows: rowsOnSupport(matrix, batch),
 *   sum: sumOverSupport(matrix, batch),
 *   drawn: sampleSupports(3, 2, 5, seedSequence(1, "supports")),
 * };
 * const { rows, sum, drawn } = await runOnce(serialize({ name: "example", inputs: {}, outputs }), {});
 * assertEquals([...rows.data, ...sum.data], [1, 2, 100, 200, 101, 202]);
 * assertEquals(drawn.shape, [5, 2]);
 * ```
 */
export function rowsOnSupport(matrix: Tensor, batch: Batch): Tensor {
  const rows = gather(matrix, batch.support);
  const { occurrences } = batch;
  if (occurrences === undefined) return rows;
  return composite("RowsOnSupport", [matrix], rows, (g) => [rowsByFeature(g, batch, occurrences)]);
}

/**
 * The sum over the features that are on, each times its value: Σ_{i∈I} x*_i · row i. See {@linkcode rowsOnSupport}.
 *
 * @param matrix [d, n], a row for each feature
 * @returns [B, n]
 */
export function sumOverSupport(matrix: Tensor, batch: Batch): Tensor {
  const rows = gather(matrix, batch.support);
  const { occurrences, values } = batch;
  const scaled = values === undefined ? rows : multiply(rows, reshape(values, [...batch.support.shape, 1]));
  const sum = reduceSum(scaled, { axes: [1] });
  if (occurrences === undefined) return sum;
  return composite("SumOverSupport", [matrix], sum, (g) => [sumOverSamples(g, batch, occurrences)]);
}

/** For each feature the sum of its rows in [B, k, n]: the transpose of `rowsOnSupport`, without a scatter. */
function rowsByFeature(rows: Tensor, batch: Batch, occurrences: Occurrences): Tensor {
  const [samples, activeFeatures, width] = staticShape("rowsByFeature", rows.shape);
  const flat = reshape(rows, [samples * activeFeatures, width]);
  const sum = overPasses(occurrences, ({ entries }) => gather(flat, entries));
  return composite("RowsByFeature", [rows], sum, (g) => [rowsOnSupport(g, batch)]);
}

/** For each feature the sum of the rows of its samples in [B, n], each times its value: the transpose of `sumOverSupport`. */
function sumOverSamples(rows: Tensor, batch: Batch, occurrences: Occurrences): Tensor {
  const values = batch.values && reshape(batch.values, [sizeOf("sumOverSamples", batch.values.shape), 1]);
  const sum = overPasses(occurrences, ({ entries, samples }) => {
    const picked = gather(rows, samples);
    return values === undefined ? picked : multiply(picked, gather(values, entries));
  });
  return composite("SumOverSamples", [rows], sum, (g) => [sumOverSupport(g, batch)]);
}

/** Σ over the passes of what each brings to the features, [d, n]. */
function overPasses(
  { entries, samples, inLastPass }: Occurrences,
  ofPass: (pass: { readonly entries: Tensor; readonly samples: Tensor }) => Tensor,
): Tensor {
  const picked = entries.map((ofEntries, pass) => ofPass({ entries: ofEntries, samples: samples[pass] }));
  if (inLastPass !== undefined) picked.push(multiply(picked.pop()!, inLastPass));
  return picked.reduce(add);
}
