/**
 * The network Linear(d→h) | φ | Linear(h→d), without biases.
 *
 * Inside the graph both weight matrices are feature-major, [d, h]: row i holds what feature i has to do with each
 * neuron. Then a support picks whole rows of either.
 */
import { z } from "zod";
import { type Batch, corruptedInput, type SampledBatch } from "../data/batch.ts";
import { sumOverSupport } from "../data/support.ts";
import { add, multiply, square, subtract } from "../graph/elementwise_ops.ts";
import { reshape } from "../graph/layout_ops.ts";
import { matmul } from "../graph/linear_algebra_ops.ts";
import { staticShape } from "../graph/tensor_shape.ts";
import { diagonal, gram } from "../graph/symmetric_ops.ts";
import { labelled, type Tensor } from "../graph/tensor.ts";
import type { Activation } from "./activations/activation.ts";
import { activations } from "./activations/activations.ts";
import { averagesByNodes } from "./averages/by_nodes.ts";
import { mehlerWeight } from "./averages/mehler.ts";
import { normalRule } from "./averages/normal_rule.ts";
import type { AveragedReadOut, Network, NoiseAverage } from "./network.ts";

/** The options of the denoiser. */
export interface DenoiserOptions {
  /** d: the number of features, the width of input and output. */
  readonly features: number;
  /** h: the number of neurons. */
  readonly hidden: number;
  /** φ, a name in the registry of `activations.ts`. @default "tanh-cubed" */
  readonly activation: string;
}

/** The weights as symbolic tensors, feature-major [d, h] both. */
export interface Parameters {
  readonly encoder: Tensor;
  readonly decoder: Tensor;
}

/** a = φ(E x) from x written out: [B, h] from [B, d]. */
export function activationsOf(encoder: Tensor, x: Tensor, activation: Activation): Tensor {
  return activation.apply(matmul(x, encoder));
}

/**
 * a = φ(E x) = φ(Σ_{i∈I} x*_i E_{:,i} + E ξ) from support and noise: [B, h], at 2·P·d·h instead of 2·B·d·h operations. Where
 * every sample has a noise vector of its own, x is written out: no more operations, and a gradient without a scatter.
 */
export function activationsOfBatch(encoder: Tensor, batch: SampledBatch, activation: Activation): Tensor {
  const { support, noise } = batch;
  if (noise.shape[0] === support.shape[0]) return activationsOf(encoder, corruptedInput(batch), activation);
  const signal = sumOverSupport(encoder, batch);
  return activation.apply(addShared(signal, matmul(noise, encoder)));
}

/**
 * The hidden layer averaged over ξ. Given its support a sample's z is normal: s = Σ_{i∈I} x*_i E_{:,i} with the covariance
 * C = E Σ Eᵀ, Σ that of ξ: σ² where the coordinates are alike. C is the same for all samples. By Mehler's expansion Cov(a_j, a_k) = Σ_n E φ⁽ⁿ⁾(z_j) E φ⁽ⁿ⁾(z_k) C_jkⁿ / n!, which
 * is cut off at an order for j ≠ k and completed for j = k by Var a.
 */
export function averagedActivations(
  encoder: Tensor,
  batch: Batch,
  { noiseVariance, mehlerOrder, nodes }: NoiseAverage,
  activation: Activation,
): Omit<AveragedReadOut, "decoder"> {
  const covariance = noiseCovariance(encoder, batch, noiseVariance);
  const variance = diagonal(covariance);
  const input = { mean: sumOverSupport(encoder, batch), variance, rule: normalRule(nodes) };
  const averages = activation.averages?.(input) ?? averagesByNodes(activation, input);
  const slopes = Array.from({ length: mehlerOrder }, (_, place) => averages.derivative(place + 1));
  const explained = slopes.map((slope, place) => multiply(square(slope), mehlerWeight(variance, place + 1)));
  return {
    mean: averages.mean,
    slopes,
    remainder: [square(averages.mean), ...explained].reduce(subtract, averages.square),
    covariance,
  };
}

/** C = E Σ Eᵀ. */
function noiseCovariance(encoder: Tensor, { noiseSpreads }: Batch, noiseVariance: number): Tensor {
  if (noiseSpreads === undefined) return gram(encoder, noiseVariance);
  return gram(multiply(encoder, reshape(noiseSpreads, [encoder.shape[0], 1])));
}

/** Adds to each row of a matrix [B, n] the row of its noise vector in a matrix [P, n]. */
export function addShared(rows: Tensor, shared: Tensor): Tensor {
  const [batch, width] = staticShape("addShared", rows.shape);
  const [vectors] = staticShape("addShared", shared.shape);
  const summed = add(reshape(rows, [batch / vectors, vectors, width]), reshape(shared, [1, vectors, width]));
  return reshape(summed, [batch, width]);
}

/** y = D a: [B, d] from [B, h]. */
export function decode(decoder: Tensor, a: Tensor): Tensor {
  return matmul(a, decoder, { transposeB: true });
}

/** The denoiser as a network that an experiment can name. */
export const denoiser: Required<Network<DenoiserOptions>> = {
  options: z.strictObject({
    features: z.int().positive(),
    hidden: z.int().positive(),
    activation: z.string().default("tanh-cubed").refine((name) => activations.names().includes(name), {
      error: () => `must be one of ${activations.names().join(", ")}`,
    }),
  }),
  parameters: ({ features, hidden }) => ({
    encoder: {
      shape: [features, hidden],
      ridge: "encoderRidge",
      storedAs: "encoder.weight",
      storedTransposed: true,
    },
    decoder: { shape: [features, hidden], ridge: "decoderRidge", storedAs: "decoder.weight" },
  }),
  forward({ encoder, decoder }, x, { activation }) {
    const hidden = labelled("hidden", () => activationsOf(encoder, x, activations.get(activation)));
    return { hidden, output: decode(decoder, hidden) };
  },
  readOut: ({ encoder, decoder }, batch, { activation }) => ({
    activations: activationsOfBatch(encoder, batch, activations.get(activation)),
    decoder,
  }),
  averagedReadOut: ({ encoder, decoder }, batch, noise, { activation }) => ({
    ...averagedActivations(encoder, batch, noise, activations.get(activation)),
    decoder,
  }),
};
