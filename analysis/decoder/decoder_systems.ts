/** The graphs behind the optimal decoder: shared moments, and one linear system for each feature. */
import { activations } from "../../models/network/activations/activations.ts";
import type { Config } from "../../models/experiment/config.ts";
import { rebalancedLoss } from "../../models/experiment/requirements.ts";
import { sampleSupports } from "../../models/data/k_hot.ts";
import { add, divide, equal, multiply, negate, or, sqrt, subtract, where } from "../../models/graph/elementwise.ts";
import { concatenate, full, gather, reduceSum, reshape } from "../../models/graph/layout.ts";
import { matmul } from "../../models/graph/linear_algebra.ts";
import { loop } from "../../models/graph/loop.ts";
import { randomNormal } from "../../models/graph/random.ts";
import { serialize } from "../../models/graph/serialize.ts";
import { constant, input, scalar, type Tensor } from "../../models/graph/tensor.ts";
import { randomStream } from "../../models/random.ts";
import type { ArrayValue } from "../../models/runtime/session.ts";
import { seedSequence } from "../../models/graph/random.ts";
import type { Weights } from "../../models/network/weights.ts";

type Size = Pick<Weights, "features" | "hidden">;

/** The samples that serve every feature: n of them, with k − 1 features on. */
export interface Bank {
  /** n. */
  readonly size: number;
  /** `spare` and, for k > 1, `others`. */
  readonly inputs: Readonly<Record<string, ArrayValue>>;
}

/**
 * Draws the features of the bank: `others`, int64 [k − 1, n], are on, and `spare`, int64 [n], is one that is off.
 *
 * A sample that is to have feature i on gets i added, or its spare if it has i already. Both ways its k features are a
 * uniform draw among those that contain i. Over the bank the features come in rounds of all d.
 */
export function drawBank(features: number, activeFeatures: number, size: number, seed: number): Bank {
  const random = randomStream(seed, "optimal-decoder", "bank");
  const drawExcept = (taken: readonly number[]): number => {
    const feature = random.integer(features);
    return taken.includes(feature) ? drawExcept(taken) : feature;
  };
  const deck: number[] = [];
  const others = new BigInt64Array((activeFeatures - 1) * size);
  const spare = new BigInt64Array(size);
  for (let sample = 0; sample < size; sample++) {
    const chosen: number[] = [];
    while (chosen.length < activeFeatures - 1) {
      if (deck.length === 0) { for (let feature = 0; feature < features; feature++) deck.push(feature); }
      const [drawn] = deck.splice(random.integer(deck.length), 1);
      chosen.push(chosen.includes(drawn) ? drawExcept(chosen) : drawn);
    }
    chosen.forEach((feature, index) => others[index * size + sample] = BigInt(feature));
    spare[sample] = BigInt(drawExcept(chosen));
  }
  return {
    size,
    inputs: {
      spare: { data: spare, shape: [size] },
      ...(activeFeatures > 1 && { others: { data: others, shape: [activeFeatures - 1, size] } }),
    },
  };
}

/** The inputs that the bank stands for. */
function bankInputs({ inputs }: Bank): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, input(name, "int64", shape)]));
}

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
  { features, hidden }: Size,
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

/**
 * Some steps of conjugate gradients (Hestenes and Stiefel 1952) on the system of every feature, one after the other.
 *
 * Inputs: `encoder`, the bank's features, the three outputs of `sharedMomentsModel`, and `start` [d, h]. Outputs:
 * `decoder` [d, h], `residual` [d], |A D_i − b| / |b|, and `explained` [d], b·D_i: for the solution, what feature i
 * takes off the objective of a decoder of zeros.
 */
export function solverModel(config: Config, { features, hidden }: Size, bank: Bank, steps: number): Uint8Array {
  const { activeFeatures } = config.task;
  const { lambdaOn } = rebalancedLoss(config, "the optimal decoder");
  const activation = activations.get(config.model.activation);
  const chosen = bankInputs(bank);
  const encoder = input("encoder", "float32", [features, hidden]);
  const z = input("bank", "float32", [bank.size, hidden]);
  const common = input("matrix", "float32", [hidden, hidden]);
  const shift = input("shift", "float32", [1, hidden]);
  const start = input("start", "float32", [features, hidden]);
  const chance = activeFeatures / features;

  const { record } = loop(features, {}, (_, feature) => {
    const a = add(activation.apply(add(z, gather(encoder, addedFeatures(chosen, activeFeatures, feature)))), shift);
    const matrix = add(
      common,
      multiply(matmul(a, a, { transposeA: true }), (lambdaOn - 1) * chance / bank.size),
    );
    const mean = multiply(reduceSum(a, { axes: [0], keepAxes: true }), 1 / bank.size);
    const target = multiply(mean, lambdaOn * chance);
    const { solution, residual } = conjugateGradients(
      matrix,
      target,
      reshape(gather(start, feature), [1, hidden]),
      steps,
    );
    return {
      next: {},
      record: {
        decoder: reshape(solution, [hidden]),
        residual: sqrt(divide(dot(residual, residual), add(dot(target, target), tiny))),
        explained: dot(target, solution),
      },
    };
  });
  return serialize({
    name: "optimal-decoder",
    inputs: { encoder, ...chosen, bank: z, matrix: common, shift, start },
    outputs: record,
  });
}

/** Which feature each sample of the bank gets so that `feature` is on: the feature itself, or the spare. */
function addedFeatures({ others, spare }: Record<string, Tensor>, activeFeatures: number, feature: Tensor): Tensor {
  if (others === undefined) return feature;
  const present = Array.from(
    { length: activeFeatures - 1 },
    (_, index) => equal(gather(others, scalar(index, "int64")), feature),
  );
  return where(present.reduce(or), spare, feature);
}

/** Keeps a quotient of two numbers that have both gone to zero at zero. */
const tiny = 1e-30;

function dot(a: Tensor, b: Tensor): Tensor {
  return reduceSum(multiply(a, b));
}

/** Solves x·A = b for rows x and b [1, h] and a symmetric positive definite A [h, h]. */
function conjugateGradients(matrix: Tensor, target: Tensor, start: Tensor, steps: number) {
  const residual = subtract(target, matmul(start, matrix));
  const { state } = loop(steps, { solution: start, residual, direction: residual }, (state) => {
    const { solution, residual, direction } = state;
    const product = matmul(direction, matrix);
    const before = dot(residual, residual);
    const step = divide(before, add(dot(direction, product), tiny));
    const nextResidual = subtract(residual, multiply(step, product));
    const turn = divide(dot(nextResidual, nextResidual), add(before, tiny));
    const next = {
      solution: add(solution, multiply(step, direction)),
      residual: nextResidual,
      direction: add(nextResidual, multiply(turn, direction)),
    };
    return { next, record: {} };
  });
  return state;
}
