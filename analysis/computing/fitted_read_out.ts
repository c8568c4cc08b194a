/** The best linear read-out of boolean functions from a given hidden layer: a weighted ridge problem for each function. */
import type { Config } from "../../models/experiment/config.ts";
import { type BooleanOptions, pairOutputs } from "../../models/data/pair_functions.ts";
import { corruptedInput, type SampledBatch } from "../../models/data/batch.ts";
import { sampleSupports } from "../../models/data/k_hot.ts";
import { sumOverSupport } from "../../models/data/support.ts";
import { FailureError } from "../../models/errors.ts";
import { add, cast, greaterOrEqual, multiply } from "../../models/graph/elementwise_ops.ts";
import { concatenate, full, gather } from "../../models/graph/layout_ops.ts";
import { matmul } from "../../models/graph/linear_algebra_ops.ts";
import { loop, type TensorRecord } from "../../models/graph/loop.ts";
import { randomNormal, type SeedSequence, seedSequence } from "../../models/graph/random_ops.ts";
import { serialize } from "../../models/graph/serialize.ts";
import { constant, input, type Tensor } from "../../models/graph/tensor.ts";
import { activations } from "../../models/network/activations/activations.ts";
import type { Device } from "../../models/runtime/device.ts";
import { runOnce } from "../../models/runtime/session.ts";
import { choleskyFactor, solveLower, solveUpper } from "../numerics/cholesky.ts";
import type { HiddenLayer } from "./designs.ts";
import type { Computer } from "./function_scores.ts";
import { outputsOf } from "./function_scores.ts";
import { pairCases } from "./pair_cases.ts";

/** Options of `fittedReadOut`. */
export interface FittedReadOutOptions {
  /** Samples in the moments that all functions share; rounded up to whole batches. @default 65536 */
  readonly samples?: number;
  /** n: samples of every function that have a given number of its features on. @default 2048 */
  readonly samplesPerCase?: number;
  /** Which samples. @default 0 */
  readonly seed?: number;
  /** Where it is computed. @default "cpu" */
  readonly device?: Device;
}

const batch = 4096;

/** Ridge in units of the mean diagonal of the moments: enough for rounded numbers, and far too little to matter. */
const ridge = 1e-5;

/**
 * Fits every function f to the activations a of a hidden layer, with a constant among them, by the weights that the loss has:
 *
 *     (E[a aᵀ] + (λ − 1) Σ_s f(s) P(s) E[a aᵀ | s]) w = λ Σ_s f(s) P(s) E[a | s],
 *
 * s the number of the function's features that are on. A pair is rarely on: so the moments given s come from samples that are
 * made to have s on, the same noise for all functions, and only E[a aᵀ] from samples of the experiment.
 *
 * @returns the layer with its read-out
 */
export async function fittedReadOut(
  config: Config,
  task: BooleanOptions,
  layer: HiddenLayer,
  { samples = 65536, samplesPerCase = 2048, seed = 0, device = "cpu" }: FittedReadOutOptions = {},
): Promise<Computer> {
  const { features } = config.model;
  const width = layer.bias.length;
  const outputs = outputsOf(config);
  const nextSeed = seedSequence(seed, "read-out");
  const inputs = {
    hidden: input("hidden", "float32", [features, width]),
    bias: input("bias", "float32", [1, width]),
  };
  const shared = sharedMoments(config, inputs, Math.ceil(samples / batch), nextSeed);
  const functions = pairOutputs(features, outputs, task);
  const names = [...new Set(task.functions)];
  const conditional = names.flatMap((name) => {
    const pairs = functions.filter((other) => other.name === name).map(({ pair }) => pair);
    return [1, 2].filter((on) => pairCases(config, name).values[on] === 1 && pairs.length > 0).map((on) => ({
      name,
      on,
      moments: momentsGiven(config, inputs, pairs, on, samplesPerCase, nextSeed),
    }));
  });
  const results = await runOnce(
    serialize({
      name: "read-out",
      inputs,
      outputs: { shared, ...Object.fromEntries(conditional.map(({ name, on, moments }) => [`${name}${on}`, moments])) },
    }),
    {
      hidden: { data: layer.weights, shape: [features, width] },
      bias: { data: layer.bias, shape: [1, width] },
    },
    { device },
  );
  const size = width + 1;
  const common = meanOf(results.shared.data as Float32Array, size);
  const weights = new Float32Array(width * outputs);
  const constants = new Float32Array(outputs);
  for (const name of names) {
    const { chances, weights: [, one, two] } = pairCases(config, name);
    const lambda = Math.max(one, two);
    functions.filter((other) => other.name === name).forEach(({ output }, index) => {
      const matrix = common.slice();
      const target = new Float64Array(size);
      for (const { on } of conditional.filter((other) => other.name === name)) {
        const given = results[`${name}${on}`].data as Float32Array;
        const begin = index * size * size;
        for (let entry = 0; entry < size * size; entry++) {
          matrix[entry] += (lambda - 1) * chances[on] * given[begin + entry];
        }
        for (let row = 0; row < size; row++) target[row] += lambda * chances[on] * given[begin + row * size + width];
      }
      const solution = solved(matrix, target);
      for (let neuron = 0; neuron < width; neuron++) weights[neuron * outputs + output] = solution[neuron];
      constants[output] = solution[width];
    });
  }
  const { apply } = activations.get(config.model.activation);
  return {
    arrays: {
      hidden: { data: layer.weights, shape: [features, width] },
      bias: { data: layer.bias, shape: [1, width] },
      readOut: { data: weights, shape: [width, outputs] },
      constant: { data: constants, shape: [1, outputs] },
    },
    output: ({ hidden, bias, readOut, constant }, x) =>
      add(matmul(apply(add(matmul(x, hidden), bias)), readOut), constant),
  };
}

/** E[a aᵀ] with the constant 1 as the last entry of a, a sum over each of some batches. */
function sharedMoments(
  config: Config,
  { hidden, bias }: TensorRecord,
  batches: number,
  nextSeed: SeedSequence,
): Tensor {
  const { model: { features, activation }, task: { activeFeatures, noiseVariance } } = config;
  return loop(batches, {}, () => {
    const drawn: SampledBatch = {
      support: sampleSupports(features, activeFeatures, batch, nextSeed),
      noise: randomNormal("float32", [batch, features], Math.sqrt(noiseVariance), nextSeed),
    };
    const a = activations.get(activation).apply(add(matmul(corruptedInput(drawn), hidden), bias));
    return { next: {}, record: { moments: moments(a) } };
  }).record.moments;
}

/** E[a aᵀ | `on` features of the pair are on] of every pair. */
function momentsGiven(
  config: Config,
  { hidden, bias }: TensorRecord,
  pairs: readonly (readonly [number, number])[],
  on: number,
  samples: number,
  nextSeed: SeedSequence,
): Tensor {
  const { model: { features, activation }, task: { activeFeatures, noiseVariance } } = config;
  const noise = randomNormal("float32", [samples, features], Math.sqrt(noiseVariance), nextSeed);
  const ofNoise = add(matmul(noise, hidden), bias);
  const rest = activeFeatures - on;
  const others = rest > 0 && features - 2 >= rest ? sampleSupports(features - 2, rest, samples, nextSeed) : undefined;
  const all = constant(BigInt64Array.from(pairs.flat(), BigInt), [pairs.length, 2]);
  // With one of the two on, the first and the second in turn.
  const chosen = constant(
    BigInt64Array.from({ length: samples * on }, (_, index) => BigInt(index % 2)),
    [samples, on],
  );
  return loop(pairs.length, {}, (_, index) => {
    const pair = gather(all, index);
    const own = gather(pair, chosen);
    const support = others === undefined ? own : concatenate([own, withoutPair(others, pair)], 1);
    const a = activations.get(activation).apply(add(sumOverSupport(hidden, { support }), ofNoise));
    return { next: {}, record: { moments: moments(a) } };
  }).record.moments;
}

/** Features that were numbered as if the pair (i < j) was not there, by their own numbers. */
function withoutPair(others: Tensor, pair: Tensor): Tensor {
  const at = (index: bigint) => gather(pair, constant(BigInt64Array.of(index)));
  const above = (x: Tensor, feature: Tensor) => add(x, cast(greaterOrEqual(x, feature), "int64"));
  return above(above(others, at(0n)), at(1n));
}

/** The mean of a aᵀ over samples, a with the constant 1 as its last entry. */
function moments(a: Tensor): Tensor {
  const [samples] = a.shape as readonly number[];
  const withOne = concatenate([a, full(1, "float32", [samples, 1])], 1);
  return multiply(matmul(withOne, withOne, { transposeA: true }), 1 / samples);
}

function meanOf(stacked: Float32Array, size: number): Float64Array {
  const mean = new Float64Array(size * size);
  const count = stacked.length / mean.length;
  stacked.forEach((value, index) => mean[index % mean.length] += value / count);
  return mean;
}

/** Solves a symmetric positive definite system, made a little more definite, in place. */
function solved(matrix: Float64Array, target: Float64Array): Float64Array {
  const size = target.length;
  let trace = 0;
  for (let row = 0; row < size; row++) trace += matrix[row * size + row];
  for (let row = 0; row < size; row++) matrix[row * size + row] += ridge * trace / size;
  if (!choleskyFactor(matrix, size)) throw new FailureError("the moments of a hidden layer are not positive definite.");
  solveLower(matrix, size, target);
  solveUpper(matrix, size, target);
  return target;
}
