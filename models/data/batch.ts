/** The samples of one step: x = x* + ξ, kept apart. */
import { broadcastTo, full, reshape, scatterAddAlongRows } from "../graph/layout_ops.ts";
import { staticShape } from "../graph/tensor_shape.ts";
import type { Tensor } from "../graph/tensor.ts";

/** x* of B samples, by the features that are on, and what is asked of the network. */
export interface Batch {
  /** int64 [B, k]: the coordinates that are on in x*, all distinct. */
  readonly support: Tensor;
  /** [B, k]: x* there. @default 1 */
  readonly values?: Tensor;
  /** [B, k]: what y should be there; 0 elsewhere. @default x* */
  readonly targets?: Tensor;
  /** [B, m]: what y should be, each entry 0 or 1, where x* is not what is asked for. @default x* is */
  readonly wanted?: Tensor;
  /** [d]: how much an error in each coordinate of y counts. @default 1 */
  readonly weights?: Tensor;
  /** [d]: standard deviation of the noise on each coordinate of x. @default the same on all, as the task says */
  readonly noiseSpreads?: Tensor;
  /** The same seen from the features, where supports are balanced. @default unknown */
  readonly occurrences?: Occurrences;
}

/** Where each feature is on, once in every pass over the features. */
export interface Occurrences {
  /** For each pass, int64 [d]: the feature's index among the B·k entries of `support`. */
  readonly entries: readonly Tensor[];
  /** For each pass, int64 [d]: the sample that it is on in. */
  readonly samples: readonly Tensor[];
  /** [d, 1]: 1 for the features that the last pass reaches, else 0. @default it reaches all */
  readonly inLastPass?: Tensor;
}

/** Samples with their noise ξ drawn: P noise vectors that R = B / P samples share each. */
export interface SampledBatch extends Batch {
  /** [P, d]: ξ of the samples p, p + P, p + 2P, …. */
  readonly noise: Tensor;
}

/**
 * x = x* + ξ written out, [B, d].
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { constant, integers, reshape, serialize } from "../graph/mod.ts";
 * import { runOnce } from "../runtime/session.ts";
 * import { corruptedInput } from "./batch.ts";
 * const noise = constant(Float32Array.of(0.1, 0.2, 0.3), [1, 3]); // one noise vector, which both samples share
 * const x = corruptedInput({ support: reshape(integers([0, 2]), [2, 1]), noise });
 * const { x: rows } = await runOnce(serialize({ name: "example", inputs: {}, outputs: { x } }), {});
 * assertEquals(rows.data, Float32Array.of(1.1, 0.2, 0.3, 0.1, 0.2, 1.3));
 * ```
 */
export function corruptedInput({ support, values, noise }: SampledBatch): Tensor {
  const [vectors, features] = staticShape("corruptedInput", noise.shape);
  const [batch] = staticShape("corruptedInput", support.shape);
  const shared = broadcastTo(reshape(noise, [1, vectors, features]), [batch / vectors, vectors, features]);
  return scatterAddAlongRows(reshape(shared, [batch, features]), support, values ?? full(1, noise.type, support.shape));
}
