/** Runs the training Loop chunk by chunk. What to do between two chunks is the caller's to say. */
import type { Config } from "../experiment/config.ts";
import { learningRateAt } from "../experiment/learning_rate.ts";
import { optimizers } from "../optimizers/optimizers.ts";
import { randomStream } from "../random.ts";
import type { Device } from "../runtime/device.ts";
import { type ArrayValue, runOnce } from "../runtime/session.ts";
import { type Chunk, chunkModel, parameterNames, stateNames } from "./training_graph.ts";
import type { Weights } from "../network/weights.ts";

/** Where a training stands: the number of steps done, and the weights and optimiser state, feature-major [d, h]. */
export interface TrainingState {
  readonly step: number;
  readonly tensors: Readonly<Record<string, Float32Array>>;
}

/** What a chunk of steps gives. */
export interface ChunkResult {
  /** The state after the chunk. */
  readonly state: TrainingState;
  /** The scalars of the objective and the learning rate, a value for each step of the chunk. */
  readonly scalars: Readonly<Record<string, Float32Array>>;
  /** The weights of the followed pairs after each step, [steps, pairs]. */
  readonly sampled: { readonly encoder: Float32Array; readonly decoder: Float32Array };
  /** Wall time of the chunk, and how much of it was outside ONNX Runtime, in seconds. */
  readonly seconds: { readonly total: number; readonly javascript: number };
}

/** Options of `train`. */
export interface TrainOptions {
  /** Where to start. @default the initial state */
  from?: TrainingState;
  /** @default "cpu" */
  device?: Device;
  /** Indices i·h + j of the weight pairs to follow. @default none */
  pairs?: readonly number[];
}

/** Xavier normal weights (Glorot and Bengio 2010), scaled by `training.initialScale`; optimiser state zero. */
export function initialState(config: Config): TrainingState {
  const { model: { features, hidden }, training: { seed, initialScale } } = config;
  const deviation = initialScale * Math.sqrt(2 / (features + hidden));
  const tensors = Object.fromEntries(
    stateNames(config).map((name) => {
      const values = new Float32Array(features * hidden);
      if ((parameterNames as readonly string[]).includes(name)) {
        const { normal } = randomStream(seed, "initial", name);
        for (let place = 0; place < values.length; place++) values[place] = deviation * normal();
      }
      return [name, values];
    }),
  );
  return { step: 0, tensors };
}

/** The weights of a training state. */
export function weightsOf({ model: { features, hidden } }: Config, { tensors }: TrainingState): Weights {
  return { features, hidden, encoder: tensors.encoder, decoder: tensors.decoder };
}

/**
 * Trains, a chunk at a time.
 *
 * The random numbers of a chunk follow from the seed and the chunk's number alone, so a training that goes on from a
 * saved state does on the CPU, bit for bit, what it would have done without the stop.
 *
 * @example
 * ```ts
 * import { parseConfig, train } from "../../mod.ts";
 * const config = parseConfig({ name: "tiny", model: { features: 16, hidden: 8 }, training: { steps: 4, batch: 32 } }, "example");
 * for await (const { state, scalars } of train(config)) console.log(state.step, scalars.objective.at(-1));
 * ```
 */
export async function* train(
  config: Config,
  { from = initialState(config), device = "cpu", pairs = [] }: TrainOptions = {},
): AsyncGenerator<ChunkResult> {
  let state = from;
  while (state.step < config.training.steps) {
    const started = performance.now();
    const chunk = nextChunk(config, state.step);
    const model = chunkModel(config, chunk, pairs);
    const inputs = chunkInputs(config, state, chunk);
    const ran = performance.now();
    const outputs = await runOnce(model, inputs, { device });
    const returned = performance.now();
    const { scalars, sampled, tensors } = sortOutputs(config, outputs);
    const learningRate = Float32Array.from(
      { length: chunk.steps },
      (_, place) => learningRateAt(state.step + place + 1, config),
    );
    state = { step: state.step + chunk.steps, tensors };
    const seconds = {
      total: (performance.now() - started) / 1000,
      javascript: (performance.now() - started - (returned - ran)) / 1000,
    };
    yield { state, scalars: { ...scalars, learningRate }, sampled, seconds };
  }
}

/** The chunk that follows after a number of steps. */
export function nextChunk({ training: { chunk, steps } }: Config, done: number): Chunk {
  const index = Math.floor(done / chunk);
  return { index, steps: Math.min((index + 1) * chunk, steps) - done };
}

/** What the model of a chunk is run on. */
export function chunkInputs(
  config: Config,
  { step, tensors }: TrainingState,
  chunk: Chunk,
): Record<string, ArrayValue> {
  const { model: { features, hidden }, optimizer } = config;
  const state = Object.entries(tensors).map(([name, data]) => [name, { data, shape: [features, hidden] }]);
  const rows = Array.from({ length: chunk.steps }, (_, place) => {
    const number = step + place + 1;
    return optimizers[optimizer.name].coefficients(number, learningRateAt(number, config), optimizer);
  });
  const coefficients = { data: Float32Array.from(rows.flat()), shape: [chunk.steps, rows[0].length] };
  return { ...Object.fromEntries(state), coefficients };
}

function sortOutputs(config: Config, outputs: Record<string, ArrayValue>) {
  const array = (name: string) => outputs[name].data as Float32Array;
  const tensors = Object.fromEntries(stateNames(config).map((name) => [name, array(`next.${name}`)]));
  const sampled = { encoder: array("sampled.encoder"), decoder: array("sampled.decoder") };
  const scalars = Object.fromEntries(
    Object.keys(outputs)
      .filter((name) => !name.startsWith("next.") && !name.startsWith("sampled."))
      .map((name) => [name, array(name)]),
  );
  return { tensors, sampled, scalars };
}
