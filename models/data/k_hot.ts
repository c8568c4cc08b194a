/** The task: k-hot vectors under Gaussian noise, drawn inside the graph. */
import type { Config } from "../experiment/config.ts";
import { add, cast, equal, floor, minimum, multiply, or, where } from "../graph/elementwise.ts";
import { broadcastTo, concatenate, reshape, scatterAddAlongRows } from "../graph/layout.ts";
import { full } from "../graph/layout.ts";
import { randomNormal, randomUniform, type SeedSequence } from "../graph/random.ts";
import { staticShape } from "../graph/shape.ts";
import type { ElementType, Tensor } from "../graph/tensor.ts";

/** Samples x = x* + ξ, kept apart: x* by its support, ξ by P noise vectors that R = B / P samples share each. */
export interface Batch {
  /** int64 [B, k]: the coordinates that are 1 in x*, all distinct. */
  readonly support: Tensor;
  /** [P, d]: ξ of the samples p, p + P, p + 2P, …. */
  readonly noise: Tensor;
}

/**
 * Uniform sets of k distinct coordinates out of d, by Floyd's algorithm (Bentley and Floyd, CACM 1987): the m-th draw is
 * uniform over 0 … j with j = d − k + m; if it is taken already, j itself, which cannot be, takes its place.
 *
 * @returns int64 [batch, support]
 */
export function sampleSupports(features: number, support: number, batch: number, nextSeed: SeedSequence): Tensor {
  const chosen: Tensor[] = [];
  for (let last = features - support; last < features; last++) {
    const uniform = randomUniform("float32", [batch, 1], nextSeed);
    // A float32 just below 1 can round up to last + 1.
    const draw = minimum(cast(floor(multiply(uniform, last + 1)), "int64"), last);
    const taken = chosen.map((other) => equal(other, draw));
    chosen.push(taken.length === 0 ? draw : where(taken.reduce(or), last, draw));
  }
  return concatenate(chosen, 1);
}

/** Draws a batch as the experiment asks for it. */
export function sampleBatch(
  { model: { features }, task: { support, noiseVariance } }: Pick<Config, "model" | "task">,
  { batch, supportsPerNoise }: { batch: number; supportsPerNoise: number },
  type: ElementType,
  nextSeed: SeedSequence,
): Batch {
  return {
    support: sampleSupports(features, support, batch, nextSeed),
    noise: randomNormal(type, [batch / supportsPerNoise, features], Math.sqrt(noiseVariance), nextSeed),
  };
}

/** x = x* + ξ written out, [B, d]. */
export function corruptedInput({ support, noise }: Batch): Tensor {
  const [vectors, features] = staticShape("corruptedInput", noise.shape);
  const [batch] = staticShape("corruptedInput", support.shape);
  const shared = broadcastTo(reshape(noise, [1, vectors, features]), [batch / vectors, vectors, features]);
  return scatterAddAlongRows(reshape(shared, [batch, features]), support, full(1, noise.type, support.shape));
}

/** Adds to each row of a matrix [B, n] the row of its noise vector in a matrix [P, n]. */
export function addShared(rows: Tensor, shared: Tensor): Tensor {
  const [batch, width] = staticShape("addShared", rows.shape);
  const [vectors] = staticShape("addShared", shared.shape);
  const summed = add(reshape(rows, [batch / vectors, vectors, width]), reshape(shared, [1, vectors, width]));
  return reshape(summed, [batch, width]);
}
