/** A training that leaves a run directory: metrics, snapshots, checkpoints, and at the end the weights. */
import { dirname, join, resolve } from "node:path";
import { loadLatestCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import { FailureError } from "../errors.ts";
import type { Config } from "../experiment/config.ts";
import { requireTrainedHere } from "./import/require_trained_here.ts";
import { inferenceModel } from "../network/inference.ts";
import type { MetricsRow } from "./metrics.ts";
import { openRun, type Run } from "./run.ts";
import { runFiles } from "./run_folder.ts";
import { encodeParameters, readParameters } from "./run_weights.ts";
import { requireMemory } from "./require_memory.ts";
import { lockRun } from "./run_lock.ts";
import type { Device } from "../runtime/device.ts";
import { resumedSnapshots, withChunk, writeSnapshots } from "./snapshots.ts";
import { metricsRows } from "../training/metrics_rows.ts";
import { train } from "../training/trainer.ts";
import {
  initialState,
  parametersOf,
  parameterValues,
  type StateArray,
  stateAt,
  stateShapes,
  type TrainingState,
} from "../training/training_state.ts";

/** What is told after every chunk. */
export interface Progress {
  /** Steps done. */
  readonly step: number;
  /** Steps in all. */
  readonly steps: number;
  /** Mean over the last logged steps. */
  readonly objective: number;
  /** Wall time since training started, over all sessions, in seconds. */
  readonly seconds: number;
  /** Expected wall time to the end, in seconds. */
  readonly secondsLeft: number;
}

/** Options of `trainRun`. */
export interface TrainRunOptions {
  /** Where it is computed. @default "cpu" */
  device?: Device;
  /** Asks for a stop at the end of the running chunk. @default never */
  signal?: AbortSignal;
  /** Told after every chunk. @default nobody */
  report?: (progress: Progress) => void;
  /** Told in a sentence that a checkpoint is damaged, and which is taken in its place. @default `console.warn` */
  warn?: (sentence: string) => void;
}

/** Seconds between two writes of the movie, which shows a training to those who watch it; and how many times as long as a write. */
const secondsPerMovie = 2;
const movieShare = 50;

/**
 * Trains the experiment of a run directory from its latest checkpoint, or from the start if it has none.
 *
 * @returns true when all steps are done and the weights are written, false after a stop
 * @throws {UsageError} while another process trains, measures or draws the run, or if its weights were imported or the training cannot fit
 * into the memory
 * @throws {FailureError} if no checkpoint is whole, the disk refuses or the objective is no number any more; what was
 * written before is whole
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseConfig } from "../experiment/config.ts";
 * import { createRun } from "./create_run.ts";
 * import { trainRun } from "./training_run.ts";
 * const config = parseConfig({ name: "tiny", model: { features: 16, hidden: 8 }, training: { steps: 4, batch: 32 } }, "example");
 * const folder = await Deno.makeTempDir();
 * const run = await createRun(`${folder}/tiny`, config);
 * await trainRun(run, { report: ({ step, objective }) => console.log(step, objective) });
 * assertEquals((await run.readWeights()).encoder.length, 16 * 8);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function trainRun(
  run: Run,
  { device = "cpu", signal, report, warn = console.warn }: TrainRunOptions = {},
): Promise<boolean> {
  const config = await run.readConfig();
  requireTrainedHere(run.path, config);
  requireMemory(config, device);
  using _lock = await lockRun(run.path, run.disk);
  const from = await latestState(run, config, warn) ?? await startingState(run, config);
  await run.truncateMetrics(from.step);
  let snapshots = await resumedSnapshots(run, config, from.step);
  let seconds = (await run.readMetrics()).at(-1)?.seconds ?? 0;
  let state = from;
  let saved = { step: from.step, seconds };
  let nextMovie = seconds;
  const before = seconds;

  const save = async () => {
    if (saved.step === state.step) return;
    await writeSnapshots(run, snapshots);
    await saveState(run, state);
    saved = { step: state.step, seconds };
  };
  for await (const chunk of train(config, { from, device, follow: snapshots.pairs })) {
    const rows = metricsRows(chunk, seconds);
    requireFinite(rows, run);
    state = chunk.state;
    seconds = rows[rows.length - 1].seconds;
    snapshots = withChunk(snapshots, chunk, config);
    await run.appendMetrics(rows);
    const { steps } = config.training;
    const pace = (seconds - before) / (state.step - from.step);
    report?.({
      step: state.step,
      steps,
      objective: rows[rows.length - 1].objective,
      seconds,
      secondsLeft: pace * (steps - state.step),
    });
    if (seconds - saved.seconds >= config.training.checkpointSeconds) await save();
    else if (seconds >= nextMovie) {
      const started = performance.now();
      await writeSnapshots(run, snapshots);
      nextMovie = seconds + Math.max(secondsPerMovie, movieShare * (performance.now() - started) / 1000);
    }
    // The runtime holds the thread while it computes: only now can a signal be heard.
    await new Promise((resolve) => setTimeout(resolve));
    if (signal?.aborted) break;
  }
  await save();
  if (state.step < config.training.steps) return false;
  const values = parameterValues(config, state);
  await run.write(runFiles.denoiser, inferenceModel(config, values));
  await run.write(runFiles.weights, encodeParameters(parametersOf(config), values));
  return true;
}

async function latestState(
  run: Run,
  config: Config,
  warn: (sentence: string) => void,
): Promise<TrainingState | undefined> {
  const expected = Object.entries(stateShapes(config)).map(([name, shape]) => [name, { dtype: "F32", shape }]);
  const checkpoint = await loadLatestCheckpoint(run, Object.fromEntries(expected), warn);
  if (checkpoint === undefined) return undefined;
  const tensors = Object.entries(checkpoint.tensors).map(([name, { data, shape }]): [string, StateArray] => [
    name,
    { data: data as Float32Array, shape },
  ]);
  return { step: checkpoint.step, tensors: Object.fromEntries(tensors) };
}

/** Where a training begins. Weights of another run become this one's checkpoint, so that it does not need the other again. */
async function startingState(run: Run, config: Config): Promise<TrainingState> {
  const { from } = config.training;
  if (from === undefined) return initialState(config);
  const other = await openRun(join(dirname(resolve(run.path)), from));
  const state = stateAt(config, await readParameters(other, parametersOf(config)));
  await saveState(run, state);
  return state;
}

async function saveState(run: Run, { step, tensors }: TrainingState) {
  const stored = Object.entries(tensors).map(([name, array]) => [name, { dtype: "F32" as const, ...array }]);
  await saveCheckpoint(run, { step, tensors: Object.fromEntries(stored) });
}

function requireFinite(rows: readonly MetricsRow[], run: Run): void {
  const row = rows.find(({ objective }) => !Number.isFinite(objective));
  if (row === undefined) return;
  throw new FailureError(
    `${run.path}: the objective is ${row.objective} by step ${row.step}, as happens when optimizer.learningRate is too high.`,
    { kind: "diverged" },
  );
}
