/** Runs the training Loop chunk by chunk. What to do between two chunks is the caller's to say. */
import type { Config } from "../experiment/config.ts";
import type { TrainedNetwork } from "../network/trained_network.ts";
import type { Weights } from "../network/network_weights.ts";
import type { MetricsRow } from "../run/metrics.ts";
import type { Device } from "../runtime/device.ts";
import { type ArrayValue, openRunner } from "../runtime/session.ts";
import { metricsRows } from "./metrics_rows.ts";
import { chunkInputs, chunkModel, learningRateAt, nextChunk, stepInputs } from "./training_graph.ts";
import { initialState, parameterValues, type TrainingState, weightsOf } from "./training_state.ts";

/** What a chunk of steps gives. */
export interface ChunkResult {
  /** The state after the chunk. */
  readonly state: TrainingState;
  /** The scalars of the objective and the learning rate, a value for each step of the chunk. */
  readonly scalars: Readonly<Record<string, Float32Array>>;
  /** By parameter, the followed entries after each step, [steps, entries]. */
  readonly followed: Readonly<Record<string, Float32Array>>;
  /** Wall time of the chunk, and how much of it was outside ONNX Runtime, in seconds. */
  readonly seconds: { readonly total: number; readonly javascript: number };
}

/** Options of `train`. */
export interface TrainOptions {
  /** Where to start. @default the initial state */
  from?: TrainingState;
  /** Where it is computed. @default "cpu" */
  device?: Device;
  /** Entries to follow, the same ones in every parameter that has them; of the denoiser, i·h + j is a weight pair. @default none */
  follow?: readonly number[];
}

/** A training: chunks of steps for those who iterate over it, the trained network for those who await it. */
export interface Training extends AsyncGenerator<ChunkResult, void>, PromiseLike<FinishedTraining> {}

/** A trained network, with what it takes to train it further. */
export interface FinishedTraining extends TrainedNetwork {
  /** The state after the last step; `train(config, { from: state })` goes on. */
  readonly state: TrainingState;
}

/**
 * Trains in memory; {@linkcode trainRun} leaves a run directory.
 *
 * Nothing happens until the training is awaited, which gives the trained network, or iterated over, which gives a chunk of
 * steps at a time. Awaited after an iteration it gives the network that this came to.
 *
 * The random numbers of a chunk follow from the seed and the chunk's number alone, so a training that goes on from a
 * saved state does on the CPU, bit for bit, what it would have done without the stop.
 *
 * @example The network at the end
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { preset } from "../experiment/presets.ts";
 * import { train } from "./trainer.ts";
 * const small = { "model.features": 16, "model.hidden": 8, "training.steps": 4 } as const;
 * const run = await train(preset("quick", small));
 * assertEquals(run.weights.encoder.length, 16 * 8);
 * ```
 *
 * @example A look between the chunks
 * ```ts
 * import { preset } from "../experiment/presets.ts";
 * import { train } from "./trainer.ts";
 * const small = { "model.features": 16, "model.hidden": 8, "training.steps": 4 } as const;
 * for await (const { state, scalars } of train(preset("quick", small))) console.log(state.step, scalars.objective.at(-1));
 * ```
 */
export function train(config: Config, options: TrainOptions = {}): Training {
  const { from = initialState(config) } = options;
  let state = from;
  const metrics: MetricsRow[] = [];
  const chunks = (async function* () {
    for await (const chunk of trainInChunks(config, { ...options, from })) {
      state = chunk.state;
      metrics.push(...metricsRows(chunk, metrics.at(-1)?.seconds ?? 0));
      yield chunk;
    }
  })();
  const finished = async (): Promise<FinishedTraining> => {
    // What is iterated over already is over at once.
    for await (const _chunk of chunks);
    let weights: Weights | undefined;
    return {
      config,
      state,
      metrics,
      parameters: Object.fromEntries(
        Object.entries(parameterValues(config, state)).map(([name, { data }]) => [name, data]),
      ),
      // A network of other parameters has none, which is no error until they are asked for.
      get weights() {
        return weights ??= weightsOf(config, state);
      },
    };
  };
  return Object.assign(chunks, { then: ((...then) => finished().then(...then)) as Training["then"] });
}

async function* trainInChunks(
  config: Config,
  { from, device = "cpu", follow = [] }: TrainOptions & { readonly from: TrainingState },
): AsyncGenerator<ChunkResult, void> {
  let state = from;
  const runner = openRunner({ device });
  try {
    while (state.step < config.training.steps) {
      const started = performance.now();
      const chunk = nextChunk(config, state.step);
      const rows = stepInputs(config, chunk);
      const model = chunkModel(config, chunk, rows, follow);
      const inputs = chunkInputs(state, chunk, rows);
      const ran = performance.now();
      const outputs = await runner.run(model, inputs);
      const returned = performance.now();
      const { scalars, ...sorted } = sortOutputs(outputs);
      const learningRate = Float32Array.from(
        { length: chunk.steps },
        (_, index) => learningRateAt(state.step + index + 1, config),
      );
      state = { step: state.step + chunk.steps, tensors: sorted.tensors };
      const seconds = {
        total: (performance.now() - started) / 1000,
        javascript: (performance.now() - started - (returned - ran)) / 1000,
      };
      yield { state, scalars: { ...scalars, learningRate }, followed: sorted.followed, seconds };
    }
  } finally {
    await runner.release();
  }
}

function sortOutputs(outputs: Record<string, ArrayValue>) {
  const [next, followed] = ["next.", "followed."];
  const starting = (prefix: string) =>
    Object.fromEntries(
      Object.entries(outputs)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, value]) => [name.slice(prefix.length), value]),
    );
  const array = ({ data }: ArrayValue) => data as Float32Array;
  const scalars = Object.entries(outputs).filter(([name]) => !name.startsWith(next) && !name.startsWith(followed));
  const tensors = Object.entries(starting(next)).map(([name, value]) => [name, { ...value, data: array(value) }]);
  return {
    tensors: Object.fromEntries(tensors) as TrainingState["tensors"],
    followed: Object.fromEntries(Object.entries(starting(followed)).map(([name, value]) => [name, array(value)])),
    scalars: Object.fromEntries(scalars.map(([name, value]) => [name, array(value)])),
  };
}
