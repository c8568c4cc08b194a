/** A run while it trains, read from its directory alone. */
import type { Config } from "../../models/experiment/config.ts";
import type { MetricsRow } from "../../models/run/metrics.ts";
import { Run } from "../../models/run/run.ts";
import { runFiles } from "../../models/run/run_folder.ts";
import { type DensityFrame, readSnapshots } from "../../models/run/snapshots.ts";

/** What is known of a training at some moment. */
export interface WatchedRun {
  readonly config: Config;
  readonly metrics: readonly MetricsRow[];
  /** All weight pairs, as of the last time that the training wrote them; absent before that, and from networks without pairs. */
  readonly density: DensityFrame | undefined;
  /** Expected wall time to the end, in seconds, at the pace so far; absent before two lines are logged. */
  readonly secondsLeft: number | undefined;
  /** Whether all steps are done and the weights are written. */
  readonly finished: boolean;
  /** Whether the training goes on, as far as its files tell: they have grown within the last minute. */
  readonly quiet: boolean;
}

/** Seconds without a new line after which a training is said to be quiet. */
const quietSeconds = 60;

const snapshots = "snapshots.safetensors";

/** Reads what there is of a run. A file that is there is whole, but for the last line of the metrics, which is left out. */
export async function watchedRun(run: Run): Promise<WatchedRun> {
  const config = await run.readConfig();
  const metrics = await run.readMetrics();
  const finished = await run.has(runFiles.weights);
  return {
    config,
    metrics,
    density: await run.has(snapshots) ? (await readSnapshots(run)).density?.at(-1) : undefined,
    secondsLeft: finished ? 0 : secondsLeft(metrics, config.training.steps),
    finished,
    quiet: !finished && await isQuiet(run),
  };
}

/** Changes when what `watchedRun` reads does. */
export async function versionOf(run: Run): Promise<string> {
  const files = [runFiles.config, runFiles.metrics, snapshots, runFiles.weights];
  const versions = await Promise.all(files.map(async (name) => {
    const info = await fileInfo(run, name);
    return info === undefined ? "" : `${info.size}-${info.mtime?.getTime()}`;
  }));
  return [...versions, await isQuiet(run)].join("_");
}

async function isQuiet(run: Run): Promise<boolean> {
  const last = await lastWrite(run);
  return last !== undefined && Date.now() - last > 1000 * quietSeconds;
}

/** When the metrics were written last, or else the experiment, in milliseconds; undefined where there is no run. */
async function lastWrite(run: Run): Promise<number | undefined> {
  return (await fileInfo(run, runFiles.metrics) ?? await fileInfo(run, runFiles.config))?.mtime?.getTime();
}

async function fileInfo(run: Run, name: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(run.file(name));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function secondsLeft(metrics: readonly MetricsRow[], steps: number): number | undefined {
  if (metrics.length < 2) return undefined;
  const [first, last] = [metrics[0], metrics[metrics.length - 1]];
  return (last.seconds - first.seconds) / (last.step - first.step) * (steps - last.step);
}

/** The one of some run directories whose metrics, or else experiment, were written last; undefined if none is a run. */
export async function latestRun(paths: readonly string[]): Promise<string | undefined> {
  const runs = await Promise.all(paths.map(async (path) => ({ path, time: await lastWrite(new Run(path, Deno)) })));
  return runs.filter(({ time }) => time !== undefined).sort((a, b) => b.time! - a.time!)[0]?.path;
}
