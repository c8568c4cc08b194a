/**
 * The network Linear(d→h) | φ | Linear(h→d), without biases.
 *
 * Inside the graph both weight matrices are feature-major, [d, h]: row i holds what feature i has to do with each
 * neuron. Then a support picks whole rows of either.
 */
import type { Activation } from "./activations.ts";
import { addShared, type Batch, corruptedInput } from "../data/k_hot.ts";
import { gather, reduceSum } from "../graph/layout.ts";
import { matmul } from "../graph/linear_algebra.ts";
import type { Tensor } from "../graph/tensor.ts";

/** The weights as symbolic tensors, feature-major [d, h] both. */
export interface Parameters {
  readonly encoder: Tensor;
  readonly decoder: Tensor;
}

/** a = φ(E x) from x written out: [B, h] from [B, d]. */
export function activationsOf(encoder: Tensor, x: Tensor, activation: Activation): Tensor {
  return activation(matmul(x, encoder));
}

/**
 * a = φ(E x) = φ(Σ_{i∈I} E_{:,i} + E ξ) from support and noise: [B, h], at 2·P·d·h instead of 2·B·d·h operations. Where
 * every sample has a noise vector of its own, x is written out: no more operations, and a gradient without a scatter.
 */
export function activationsOfBatch(encoder: Tensor, batch: Batch, activation: Activation): Tensor {
  const { support, noise } = batch;
  if (noise.shape[0] === support.shape[0]) return activationsOf(encoder, corruptedInput(batch), activation);
  const signal = reduceSum(gather(encoder, support), { axes: [1] });
  return activation(addShared(signal, matmul(noise, encoder)));
}

/** y = D a: [B, d] from [B, h]. */
export function decode(decoder: Tensor, a: Tensor): Tensor {
  return matmul(a, decoder, { transposeB: true });
}
