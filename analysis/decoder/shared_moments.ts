/** The moments of the activations that the optimal decoders of all features share, as a graph. */
import type { Config } from "../../models/experiment/config.ts";
import { rebalancedLoss } from "../../models/experiment/requirements.ts";
import { sampleSupports } from "../../models/data/k_hot.ts";
import { add, multiply, negate, subtract } from "../../models/graph/elementwise_ops.ts";
import { concatenate, full, gather, reduceSum } from "../../models/graph/layout_ops.ts";
import { matmul } from "../../models/graph/linear_algebra_ops.ts";
import { loop } from "../../models/graph/loop.ts";
import { randomNormal, seedSequence } from "../../models/graph/random_ops.ts";
import { serialize } from "../../models/graph/serialize.ts";
import { constant, input, type Tensor } from "../../models/graph/tensor.ts";
import { activations } from "../../models/network/activations/activations.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import { type Bank, bankInputs } from "./sample_bank.ts";

/** Samples of one step of the shared moments. */
const batchSize = 2048;

/**
 * What the systems of all features have in common, with q = k/d:
 *
 * - `bank` [n, h]: z, what the bank's samples bring to the neurons;
 * - `matrix` [h, h]: M₀ + ρ_D + (λ − 1) q (E[b bᵀ] − mean of b bᵀ over the bank), b = φ(z);
 * - `shift` [1, h]: E[b] − mean of b over the bank.
 *
 * M₀ and the expectations over b are means over `samples` samples each.
 */
export function sharedMomentsModel(
  config: Config,
  { features, hidden }: Pick<Weights, "features" | "hidden">,
  bank: Bank,
  { samples, seed }: { samples: number; seed: number },
): Uint8Array {
  const { activeFeatures, noiseVariance } = config.task;
  const { lambdaOn, decoderRidge } = rebalancedLoss(config, "the optimal decoder");
  const activation = activations.get(config.model.activation);
  const encoder = input("encoder", "float32", [features, hidden]);
  const nextSeed = seedSequence(seed, "optimal-decoder");
  const noise = (count: number) =>
    matmul(randomNormal("float32", [count, features], Math.sqrt(noiseVariance), nextSeed), encoder);
  const withFeatures = (z: Tensor, count: number) =>
    count === 0
      ? z
      : add(z, reduceSum(gather(encoder, sampleSupports(features, count, batchSize, nextSeed)), { axes: [1] }));

  const batches = Math.ceil(samples / batchSize);
  const zeros = { on: [hidden, hidden], others: [hidden, hidden], mean: [1, hidden] };
  const { state: sums } = loop(
    batches,
    Object.fromEntries(Object.entries(zeros).map(([name, shape]) => [name, full(0, "float32", shape)])),
    (sums) => {
      const z = noise(batchSize);
      const a = activation.apply(withFeatures(z, activeFeatures));
      const b = activation.apply(withFeatures(z, activeFeatures - 1));
      const next = {
        on: add(sums.on, matmul(a, a, { transposeA: true })),
        others: add(sums.others, matmul(b, b, { transposeA: true })),
        mean: add(sums.mean, reduceSum(b, { axes: [0], keepAxes: true })),
      };
      return { next, record: {} };
    },
  );

  const inputs = bankInputs(bank);
  const half = noise(bank.size / 2);
  const bothSigns = concatenate([half, negate(half)], 0);
  const z = inputs.others === undefined
    ? bothSigns
    : add(bothSigns, reduceSum(gather(encoder, inputs.others), { axes: [0] }));
  const mean = multiply(sums.mean, 1 / (batches * batchSize));
  const raw = activation.apply(z);
  const shift = subtract(mean, multiply(reduceSum(raw, { axes: [0], keepAxes: true }), 1 / bank.size));
  const b = add(raw, shift);
  const share = (lambdaOn - 1) * activeFeatures / features;
  const scaled = (x: Tensor, factor: number) => multiply(x, factor);
  const count = batches * batchSize;
  const others = subtract(
    scaled(sums.others, share / count),
    scaled(matmul(b, b, { transposeA: true }), share / bank.size),
  );
  const ridge = constant(identity(hidden, decoderRidge), [hidden, hidden], "ridge");
  return serialize({
    name: "shared-moments",
    inputs: { encoder, ...inputs },
    outputs: {
      bank: z,
      matrix: add(add(scaled(sums.on, 1 / count), others), ridge),
      shift,
    },
  });
}

function identity(size: number, value: number): Float32Array {
  const matrix = new Float32Array(size * size);
  for (let index = 0; index < size; index++) matrix[index * (size + 1)] = value;
  return matrix;
}
