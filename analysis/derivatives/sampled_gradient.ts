/** The gradient of the objective, averaged over fresh samples: the pinning field at an ideal configuration. */
import type { Config } from "../../models/experiment/config.ts";
import { rebalancedLoss, requireKHot, smoothActivation } from "../../models/experiment/requirements.ts";
import { addShared, type Parameters } from "../../models/network/denoiser.ts";
import { add, multiply, stopGradient } from "../../models/graph/elementwise_ops.ts";
import { gradient } from "../../models/graph/gradients.ts";
import { gather, reduceSum, reshape } from "../../models/graph/layout_ops.ts";
import { matmul } from "../../models/graph/linear_algebra_ops.ts";
import { gram } from "../../models/graph/symmetric_ops.ts";
import type { SeedSequence } from "../../models/graph/random_ops.ts";
import { serialize } from "../../models/graph/serialize.ts";
import { staticShape } from "../../models/graph/tensor_shape.ts";
import { input, type Tensor } from "../../models/graph/tensor.ts";
import { rebalanced } from "../../models/losses/rebalanced_loss.ts";
import { mean } from "../../models/training/objective.ts";
import type { Device } from "../../models/runtime/device.ts";
import { runOnce } from "../../models/runtime/session.ts";
import { antitheticBatch } from "./balanced_batch.ts";
import { batchMeans } from "./batch_means.ts";
import type { SampleSet } from "./sample_set.ts";
import { addScaled, type WeightVector } from "./weight_vector.ts";

/** The gradient of the objective and where it comes from. */
export interface SampledGradient {
  /** The mean objective. */
  readonly objective: number;
  /** ∂L/∂w. */
  readonly gradient: WeightVector;
  /** The part of ∂L/∂E that the noise in the input exerts; the rest comes from the features that are on. */
  readonly fromNoise: Float32Array;
  /** How many were averaged over. */
  readonly samples: number;
}

/**
 * The gradient of the objective at given weights.
 *
 * The force of the noise, E[ξ ∂ℓ/∂zᵀ], has nearly all the sampling error of ∂L/∂E if it is averaged as it stands.
 * Integration by parts (Stein, Annals of Statistics 9 (1981)) turns it into σ² E·M with M = E[∂²ℓ/∂z∂zᵀ], an h × h matrix
 * whose average converges some twenty times as fast in variance. For the rebalanced loss, with G = DᵀD,
 *
 *     M = E[ φ'(z)φ'(z)ᵀ ∘ (2G + 2(λ − 1) Σ_{i∈I} D_i D_iᵀ) + diag(φ''(z) ∘ ∂ℓ/∂a) ]. See {@linkcode exactGradient}.
 *
 * @throws {UsageError} for a loss other than `rebalanced` and for an activation with a kink, whose part of φ'' would be
 * missing
 */
export async function sampledGradient(config: Config, weights: WeightVector, set: SampleSet): Promise<SampledGradient> {
  requireKHot(config, "the sampled gradient");
  const loss = rebalancedLoss(config, "the sampled gradient");
  smoothActivation(config, "the sampled gradient");
  const { features, hidden } = config.model;
  const shape = [features, hidden];
  const parameters = { encoder: input("encoder", "float32", shape), decoder: input("decoder", "float32", shape) };
  const means = batchMeans(config, set, {
    name: "gradient",
    inputs: parameters,
    shapes: { signal: shape, decoder: shape, curvature: [hidden, hidden], diagonal: [hidden], data: [] },
    write: (supports, nextSeed) => gradientTerms(config, parameters, supports, nextSeed),
  });
  const { signal, decoder, curvature, diagonal, data } = await means.run({
    encoder: weights.encoder,
    decoder: weights.decoder,
  });
  for (let neuron = 0; neuron < hidden; neuron++) curvature[neuron * (hidden + 1)] += diagonal[neuron];
  const fromNoise = await forceOfNoise(config, weights.encoder, curvature, set.device);
  const ridge = {
    encoder: weights.encoder.map((value, entry) => fromNoise[entry] + 2 * loss.encoderRidge * value),
    decoder: weights.decoder.map((value) => 2 * loss.decoderRidge * value),
  };
  const squares = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
  return {
    objective: data[0] + loss.decoderRidge * squares(weights.decoder) + loss.encoderRidge * squares(weights.encoder),
    gradient: addScaled({ encoder: signal, decoder }, 1, ridge),
    fromNoise,
    samples: means.samples,
  };
}

/**
 * What a batch adds to the gradient: ∂ℓ/∂E by the features that are on (`signal`), ∂ℓ/∂D, the two parts of M, and ℓ.
 */
function gradientTerms(
  config: Config,
  { encoder, decoder }: Parameters,
  supports: Tensor,
  nextSeed: SeedSequence,
) {
  const { model: { hidden }, task: { activeFeatures } } = config;
  const loss = rebalancedLoss(config, "the sampled gradient");
  const { support, noise } = antitheticBatch(config, supports, 1, nextSeed);
  const [samples] = staticShape("sampledGradient", support.shape);
  const z = addShared(reduceSum(gather(encoder, support), { axes: [1] }), matmul(noise, stopGradient(encoder)));
  const a = smoothActivation(config, "the sampled gradient").apply(z);
  const { data } = rebalanced.gram(a, decoder, { support }, loss);
  const [signal, ofDecoder] = gradient(mean(data), [encoder, decoder]);
  const [slope] = gradient(reduceSum(a), [z]);
  const [bend] = gradient(reduceSum(slope), [z]);
  const [force] = gradient(reduceSum(data), [a]);
  const onSupport = multiply(gather(decoder, support), reshape(slope, [samples, 1, hidden]));
  const curvature = add(
    multiply(multiply(gram(decoder), gram(slope)), 2),
    multiply(gram(reshape(onSupport, [samples * activeFeatures, hidden])), 2 * (loss.lambdaOn - 1)),
  );
  return {
    signal,
    decoder: ofDecoder,
    curvature: multiply(curvature, 1 / samples),
    diagonal: multiply(reduceSum(multiply(bend, force), { axes: [0] }), 1 / samples),
    data: mean(data),
  };
}

/** σ² E·M, feature-major [d, h], for M [h, h]. */
async function forceOfNoise(
  { model: { features, hidden }, task: { noiseVariance } }: Config,
  encoder: Float32Array,
  curvature: Float32Array,
  device?: Device,
): Promise<Float32Array> {
  const inputs = {
    encoder: input("encoder", "float32", [features, hidden]),
    curvature: input("curvature", "float32", [hidden, hidden]),
  };
  const force = multiply(matmul(inputs.encoder, inputs.curvature), noiseVariance);
  const result = await runOnce(serialize({ name: "force-of-noise", inputs, outputs: { force } }), {
    encoder: { data: encoder, shape: [features, hidden] },
    curvature: { data: curvature, shape: [hidden, hidden] },
  }, { device });
  return result.force.data as Float32Array;
}
