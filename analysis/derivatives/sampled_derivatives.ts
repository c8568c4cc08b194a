/**
 * First and second derivatives of the objective, averaged over fresh samples: what a theory of the minimum near given
 * weights is made of. All sums run inside ONNX Runtime.
 */
import { activations } from "../../models/network/activations.ts";
import type { Config } from "../../models/experiment/config.ts";
import { addShared } from "../../models/data/k_hot.ts";
import type { Parameters } from "../../models/network/denoiser.ts";
import { UsageError } from "../../models/errors.ts";
import { add, multiply, stopGradient } from "../../models/graph/elementwise.ts";
import { gradient, hessianVectorProduct } from "../../models/graph/gradients.ts";
import { gather, reduceSum, reshape } from "../../models/graph/layout.ts";
import { gram, matmul } from "../../models/graph/linear_algebra.ts";
import { loop, type TensorRecord } from "../../models/graph/loop.ts";
import type { SeedSequence } from "../../models/graph/random.ts";
import { serialize } from "../../models/graph/serialize.ts";
import { input, type Tensor } from "../../models/graph/tensor.ts";
import { losses } from "../../models/losses/losses.ts";
import { mean, objectiveOf } from "../../models/losses/objective.ts";
import { randomStream } from "../../models/random.ts";
import type { Device } from "../../models/runtime/device.ts";
import { runOnce } from "../../models/runtime/session.ts";
import { seedSequence } from "../../models/graph/random.ts";
import { antitheticBatch, balancedSupports } from "./balanced_batch.ts";
import { addScaled, type WeightVector } from "./weight_vector.ts";

/** Which samples the averages run over. */
export interface SampleSet {
  /** Least number of samples; rounded up to whole batches. */
  readonly samples: number;
  /** The same seed gives the same samples for the same number. */
  readonly seed: number;
  /** @default "cpu" */
  readonly device?: Device;
}

/** The gradient of the objective and where it comes from. */
export interface SampledGradient {
  /** The mean objective. */
  readonly objective: number;
  /** ∂L/∂w. */
  readonly gradient: WeightVector;
  /** The part of ∂L/∂E that the noise in the input exerts; the rest comes from the features that are on. */
  readonly fromNoise: Float32Array;
  readonly samples: number;
}

/** Least number of supports of an iteration; each makes two samples. Large enough that forming DᵀD costs little beside them. */
const leastSupports = 2048;

/**
 * How many supports share a noise vector in a Hessian-vector product, which needs less precision than the force that it
 * answers; in a gradient sharing costs more in precision than it saves.
 */
const hessianSharing = 4;

/** One iteration's batch, as symbolic supports and seeds. */
type Write<Sums extends TensorRecord> = (supports: Tensor, nextSeed: SeedSequence) => Sums;

/**
 * Sums over the batches of a sample set, divided by their number. A model is loaded anew for every call: ONNX Runtime's
 * random nodes go on where the last run of a session stopped, and loading takes milliseconds.
 */
function batchMeans<Sums extends TensorRecord>(
  config: Config,
  { samples, seed, device }: SampleSet,
  name: string,
  inputs: TensorRecord,
  shapes: Record<keyof Sums & string, readonly number[]>,
  write: Write<Sums>,
) {
  const { model: { features }, task: { support } } = config;
  let rounds = Math.ceil(leastSupports / features);
  while (rounds * features % hessianSharing !== 0) rounds++;
  const perBatch = rounds * features;
  const batches = Math.ceil(samples / (2 * perBatch));
  const supports = input("supports", "int64", [batches, perBatch, support]);
  const nextSeed = seedSequence(seed, "derivatives");
  const start = Object.fromEntries(
    Object.entries(shapes).map(([key, shape]) => [key, input(`start.${key}`, "float32", shape as readonly number[])]),
  );
  const { state } = loop(batches, start, (sums, iteration) => {
    const terms = write(gather(supports, iteration), nextSeed);
    const next = Object.fromEntries(Object.keys(sums).map((key) => [key, add(sums[key], terms[key])]));
    return { next, record: {} };
  });
  const outputs = Object.fromEntries(
    Object.keys(state).map((key) => [`mean.${key}`, multiply(state[key], 1 / batches)]),
  );
  const starts = Object.fromEntries(
    Object.values(start).map((tensor) => [tensor.node.attributes.name as string, tensor]),
  );
  const model = serialize({ name, inputs: { ...inputs, supports, ...starts }, outputs });
  const zeros = Object.fromEntries(
    Object.entries(shapes).map(([key, shape]) => {
      const extents = shape as readonly number[];
      return [`start.${key}`, { data: new Float32Array(extents.reduce((a, b) => a * b, 1)), shape: extents }];
    }),
  );
  const drawn = {
    data: balancedSupports(features, support, batches * rounds, randomStream(seed, "supports")),
    shape: [batches, perBatch, support],
  };
  return {
    samples: 2 * batches * perBatch,
    async run(values: Record<string, Float32Array>): Promise<Record<keyof Sums & string, Float32Array>> {
      const given = Object.fromEntries(
        Object.entries(values).map(([key, data]) => [key, { data, shape: inputs[key].shape as readonly number[] }]),
      );
      const results = await runOnce(model, { ...given, ...zeros, supports: drawn }, { device });
      const arrays = Object.entries(results).map((
        [key, { data }],
      ) => [key.slice("mean.".length), data as Float32Array]);
      return Object.fromEntries(arrays) as Record<keyof Sums & string, Float32Array>;
    },
  };
}

/**
 * The gradient of the objective at given weights.
 *
 * The force of the noise, E[ξ ∂ℓ/∂zᵀ], has nearly all the sampling error of ∂L/∂E if it is averaged as it stands.
 * Integration by parts (Stein, Annals of Statistics 9 (1981)) turns it into σ² E·M with M = E[∂²ℓ/∂z∂zᵀ], an h × h matrix
 * whose average converges some twenty times as fast in variance. For the rebalanced loss, with G = DᵀD,
 *
 *     M = E[ φ'(z)φ'(z)ᵀ ∘ (2G + 2(λ − 1) Σ_{i∈I} D_i D_iᵀ) + diag(φ''(z) ∘ ∂ℓ/∂a) ].
 *
 * @throws {UsageError} for a loss other than `rebalanced`
 */
export async function sampledGradient(config: Config, weights: WeightVector, set: SampleSet): Promise<SampledGradient> {
  requireRebalanced(config);
  const { model: { features, hidden, activation }, loss, task: { noiseVariance, support: active } } = config;
  const shape = [features, hidden];
  const parameters = { encoder: input("encoder", "float32", shape), decoder: input("decoder", "float32", shape) };
  const { encoder, decoder } = parameters;
  const shapes = { signal: shape, decoder: shape, curvature: [hidden, hidden], diagonal: [hidden], data: [] };
  const means = batchMeans(config, set, "gradient", parameters, shapes, (supports, nextSeed) => {
    const { support, noise } = antitheticBatch(config, supports, 1, nextSeed);
    const [samples] = support.shape as number[];
    const z = addShared(reduceSum(gather(encoder, support), { axes: [1] }), matmul(noise, stopGradient(encoder)));
    const a = activations[activation](z);
    const { data } = losses[loss.name].gram!(a, decoder, support, loss);
    const [signal, ofDecoder] = gradient(mean(data), [encoder, decoder]);
    const [slope] = gradient(reduceSum(a), [z]);
    const [bend] = gradient(reduceSum(slope), [z]);
    const [force] = gradient(reduceSum(data), [a]);
    const onSupport = multiply(gather(decoder, support), reshape(slope, [samples, 1, hidden]));
    const curvature = add(
      multiply(multiply(gram(decoder), gram(slope)), 2),
      multiply(gram(reshape(onSupport, [samples * active, hidden])), 2 * (loss.lambdaOn - 1)),
    );
    return {
      signal,
      decoder: ofDecoder,
      curvature: multiply(curvature, 1 / samples),
      diagonal: multiply(reduceSum(multiply(bend, force), { axes: [0] }), 1 / samples),
      data: mean(data),
    };
  });
  const sums = await means.run({ ...weights });
  for (let neuron = 0; neuron < hidden; neuron++) sums.curvature[neuron * (hidden + 1)] += sums.diagonal[neuron];
  const fromNoise = await product(weights.encoder, sums.curvature, features, hidden, noiseVariance, set.device);
  const ridge = {
    encoder: weights.encoder.map((value, entry) => fromNoise[entry] + 2 * loss.encoderRidge * value),
    decoder: weights.decoder.map((value) => 2 * loss.decoderRidge * value),
  };
  const squares = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
  return {
    objective: sums.data[0] + loss.decoderRidge * squares(weights.decoder) +
      loss.encoderRidge * squares(weights.encoder),
    gradient: addScaled({ encoder: sums.signal, decoder: sums.decoder }, 1, ridge),
    fromNoise,
    samples: means.samples,
  };
}

/** factor · A·B for A [rows, inner], B [inner, inner]. */
async function product(
  a: Float32Array,
  b: Float32Array,
  rows: number,
  inner: number,
  factor: number,
  device?: Device,
): Promise<Float32Array> {
  const left = input("left", "float32", [rows, inner]);
  const right = input("right", "float32", [inner, inner]);
  const outputs = { product: multiply(matmul(left, right), factor) };
  const result = await runOnce(serialize({ name: "product", inputs: { left, right }, outputs }), {
    left: { data: a, shape: [rows, inner] },
    right: { data: b, shape: [inner, inner] },
  }, { device });
  return result.product.data as Float32Array;
}

/** The Hessian of the objective at fixed weights, as a linear map. */
export interface SampledHessian {
  /** H·v; every call sees the same samples, so that all calls together see one symmetric matrix. */
  product(direction: WeightVector): Promise<WeightVector>;
  readonly samples: number;
}

/**
 * The Hessian of the objective at given weights, from the second derivative of the graph language.
 *
 * @throws {UsageError} for a loss other than `rebalanced`
 */
export function sampledHessian(config: Config, weights: WeightVector, set: SampleSet): SampledHessian {
  requireRebalanced(config);
  const { model: { features, hidden } } = config;
  const shape = [features, hidden];
  const matrix = (name: string) => input(name, "float32", shape);
  const parameters: Parameters = { encoder: matrix("encoder"), decoder: matrix("decoder") };
  const direction = { alongEncoder: matrix("alongEncoder"), alongDecoder: matrix("alongDecoder") };
  const inputs = { ...parameters, ...direction };
  const means = batchMeans(
    config,
    set,
    "hessian-product",
    inputs,
    { encoder: shape, decoder: shape },
    (supports, nextSeed) => {
      const { objective } = objectiveOf(
        config,
        "gram",
        parameters,
        antitheticBatch(config, supports, hessianSharing, nextSeed),
      );
      const both = [parameters.encoder, parameters.decoder];
      const [encoder, decoder] = hessianVectorProduct(objective, both, [
        direction.alongEncoder,
        direction.alongDecoder,
      ]);
      return { encoder, decoder };
    },
  );
  return {
    samples: means.samples,
    product: ({ encoder, decoder }) => means.run({ ...weights, alongEncoder: encoder, alongDecoder: decoder }),
  };
}

function requireRebalanced({ loss }: Config): void {
  if (loss.name !== "rebalanced") {
    throw new UsageError(`loss.name: the pinning field is known for rebalanced only, not for ${loss.name}.`);
  }
}
