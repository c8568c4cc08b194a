/** Runs the training Loop chunk by chunk. What to do between two chunks is the caller's to say. */
import type { Config } from "../experiment/config.ts";
import type { Device } from "../runtime/device.ts";
import { type ArrayValue, openRunner } from "../runtime/session.ts";
import { chunkInputs, chunkModel, learningRateAt, nextChunk, stepInputs } from "./training_graph.ts";
import { initialState, parametersOf, type TrainingState } from "./training_state.ts";

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
  /** Entries to follow, the same ones in every parameter; of the denoiser, i·h + j is a weight pair. @default none */
  follow?: readonly number[];
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
  { from = initialState(config), device = "cpu", follow = [] }: TrainOptions = {},
): AsyncGenerator<ChunkResult> {
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
      const { scalars, ...sorted } = sortOutputs(config, outputs);
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

function sortOutputs(config: Config, outputs: Record<string, ArrayValue>) {
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
    followed: Object.fromEntries(
      Object.keys(parametersOf(config)).map((name) => [name, array(outputs[`${followed}${name}`])]),
    ),
    scalars: Object.fromEntries(scalars.map(([name, value]) => [name, array(value)])),
  };
}
