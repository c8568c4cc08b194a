/** How much memory a training will need, known before it begins. */
import type { Config } from "../experiment/config.ts";
import { lossForm } from "./objective.ts";
import { optimizers } from "../optimizers/optimizers.ts";
import { parametersOf } from "./training_state.ts";

/** Bytes that a training needs at its peak, by what needs them. */
export interface MemoryEstimate {
  /** Deno, ONNX Runtime and the program, whatever is trained. */
  readonly program: number;
  /** Weights, optimiser state and gradients; grows with d·h. */
  readonly weights: number;
  /** What the samples of one step pass through, forward and backward; grows with the batch. */
  readonly batch: number;
  /** What a chunk records of the weights that the movie follows; grows with the chunk. */
  readonly record: number;
  /** All of these. */
  readonly total: number;
}

const mebibyte = 2 ** 20;
const float32 = 4;

/**
 * Estimates the peak memory of a training on the CPU.
 *
 * How many copies of each array are alive at once was fitted to peaks that the system reported of trainings of two chunks of
 * 4 steps (`VmHWM`; Linux, two threads, ONNX Runtime 1.30), in MiB:
 *
 * | experiment                   | estimate | measured |
 * | ---------------------------- | -------- | -------- |
 * | laptop-sampled               | 184      | 178      |
 * | the same, 50 steps a chunk   | 196      | 189      |
 * | laptop-sampled, B = 8192     | 432      | 434      |
 * | the same, R = 8              | 418      | 416      |
 * | the same, dense form         | 383      | 402      |
 * | the same, k = 8              | 1056     | 1053     |
 * | … with d = 4096, h = 2048    | 1286     | 1294     |
 * | the same with SGD            | 774      | 779      |
 * | … with h = 100000            | 8169     | 5767     |
 * | gelu-softmax, B = 512        | 181      | 172      |
 * | gelu-softmax, B = 8192       | 383      | 407      |
 * | medium-sampled               | 258      | 244      |
 * | superposition-sampled        | 804      | 801      |
 * | no-superposition             | 610      | 617      |
 * | laptop, B = 512              | 250      | 246      |
 * | the same, B = 8192           | 1330     | 1329     |
 * | the same, k = 8              | 2626     | 2607     |
 * | B = 8192, 21 nodes           | 2562     | 2524     |
 * | B = 8192, Mehler's order 3   | 1591     | 1568     |
 * | averaged, h = 2048, B = 256  | 1271     | 1263     |
 * | medium                       | 351      | 398      |
 * | superposition                | 1578     | 1433     |
 * | computing, d = 128, B·m = 2²⁴| 1259     | 1244     |
 * | the same, k = 6              | 1451     | 1447     |
 *
 * What is measured and drawn after the training is not counted: over all of it `superposition` takes about 1 GiB.
 *
 * @param followed how many weight pairs the movie follows
 *
 * @example
 * ```ts
 * import { assertGreater } from "@std/assert";
 * import { preset } from "../experiment/presets.ts";
 * import { trainingMemory } from "./memory_estimate.ts";
 * const [laptop, superposition] = [preset("laptop"), preset("superposition")].map((config) =>
 *   trainingMemory(config, 8192)
 * );
 * assertGreater(superposition.total, 2 * laptop.total); // in bytes
 * ```
 */
export function trainingMemory(config: Config, followed: number): MemoryEstimate {
  const { chunk, steps } = config.training;
  const shapes = Object.values(parametersOf(config)).map(({ shape }) => shape);
  const parameters = float32 * shapes.reduce((sum, [rows, columns]) => sum + rows * columns, 0);
  // A tensor of the state is there as it went in, as the Loop carries it, as its next value, and as it comes out.
  const state = 4 * (1 + optimizers.get(config.optimizer.name).slots.length) * parameters;
  // Gradients, what they are summed from, and the optimiser's intermediate values.
  const gradients = 4 * parameters;
  const parts = {
    program: 150 * mebibyte,
    weights: state + gradients,
    batch: float32 * activations(config),
    record: float32 * 4 * shapes.length * followed * Math.min(chunk, steps),
  };
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part) };
}

/** Numbers that are alive at once between the samples of a step and the gradients. */
function activations(config: Config): number {
  const { model: { features, hidden }, task, training: { batch, supportsPerNoise } } = config;
  const { activeFeatures, nodes, mehlerOrder } = task;
  if (task.noise === "averaged") {
    // Of each neuron and sample its averages, at every node; of each pick of a support [B, k, h], and of each pair of neurons
    // [h, h], the orders of the covariance.
    const ofNeuron = 13 + 11 * nodes + (19 + 8 * mehlerOrder) * activeFeatures;
    return batch * hidden * ofNeuron + (34 + 10 * mehlerOrder) * hidden ** 2;
  }
  const vectors = batch / supportsPerNoise;
  if (lossForm(config, { batch, vectors }) === "dense") {
    // Functions of pairs, and the rows of all outputs that a support picks for them, [B, k, m].
    const wanted = task.name === "boolean" ? (3 + activeFeatures) * outputsOf(config) : 0;
    return batch * (9 * (features + widthsAbove(config)) + wanted);
  }
  // The rows of encoder and decoder that a support picks, [B, k, h], with products and gradients of theirs.
  return 13 * batch * activeFeatures * hidden + vectors * features + 5 * batch * hidden + 3 * hidden ** 2;
}

/** The widths of the layers above the input, together; y of the denoiser takes the place of x. */
function widthsAbove({ model }: Pick<Config, "model">): number {
  return "layers" in model ? model.layers * model.hidden + outputsOf({ model }) : model.hidden;
}

function outputsOf({ model }: Pick<Config, "model">): number {
  return "outputs" in model && model.outputs !== undefined ? model.outputs : model.features;
}
