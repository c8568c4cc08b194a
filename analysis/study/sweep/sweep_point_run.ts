/** One point of a sweep: trained, measured, and of what is then there so much kept as is asked for. */
import { continueRun } from "../../../models/run/continue_run.ts";
import type { Run } from "../../../models/run/run.ts";
import { runFiles } from "../../../models/run/run_folder.ts";
import { type Progress, trainRun } from "../../../models/run/training_run.ts";
import type { Device } from "../../../models/runtime/device.ts";
import { analyseRun } from "../../report/analyse_run.ts";
import { type SectionKey, sections } from "../../report/sections.ts";
import { unmeasured, type Work } from "../study_work.ts";
import type { Kept } from "./sweep.ts";

/** Options of `runPoint`. */
export interface RunPointOptions {
  /** Where it is computed. @default "cpu" */
  readonly device?: Device;
  /** What is left of the run at the end. @default "run" */
  readonly keep?: Kept;
  /** Asks for a stop, after the steps or the section that is running. @default never */
  readonly signal?: AbortSignal;
  /** Told of every chunk of the training. @default nobody */
  readonly onProgress?: (progress: Progress) => void;
  /** Told the title of each section before it is measured. @default nobody */
  readonly onSection?: (title: string) => void;
}

/**
 * Trains and measures one experiment as far as it is not done yet.
 *
 * @param path of its run directory
 * @returns false if the signal stopped it
 * @throws {UsageError} if the run that is there is of another experiment
 * @throws {FailureError} if the training diverges, a file is damaged or the disk refuses
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runPoint } from "./sweep_point_run.ts";
 * import { parseSweep } from "./sweep.ts";
 * import { sweepPoints } from "./sweep_points.ts";
 * import { sweepTable } from "./sweep_table.ts";
 * import { csvOf, parquetOf } from "./table_files.ts";
 * const sweep = parseSweep(
 *   `{ preset: quick, set: { model.features: 16, model.hidden: 8, training.steps: 4, training.batch: 16 },
 *      sections: [clusters], grid: { loss.decoderRidge: [0.01, 0.1] } }`,
 *   "ridges.yaml",
 * );
 * const folder = await Deno.makeTempDir();
 * const points = sweepPoints(sweep);
 * for (const point of points) await runPoint(point, `${folder}/${point.config.name}`);
 * const table = await sweepTable(points, ({ config }) => `${folder}/${config.name}`);
 * assertEquals(csvOf(table).trim().split("\n").length, 3); // a heading and a row for each point
 * assertEquals(new TextDecoder().decode(parquetOf(table).slice(0, 4)), "PAR1");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function runPoint({ config, keys }: Work, path: string, options: RunPointOptions = {}): Promise<boolean> {
  const { device = "cpu", keep = "run", signal, onProgress, onSection } = options;
  const run = await continueRun(path, config);
  const left = await unmeasured(run, keys);
  // What was measured needs no weights any more, where they are not wanted for their own sake.
  if (!await run.has(runFiles.weights) && (left.length > 0 || keep === "run")) {
    if (!await trainRun(run, { device, signal, report: onProgress })) return false;
  }
  for (const only of measuredAtOnce(left, config, device)) {
    if (signal?.aborted) return false;
    await analyseRun(run, { only, device, report: onSection });
    // A section holds the thread: only now can a signal be heard.
    await new Promise((resolve) => setTimeout(resolve));
  }
  await removeAllBut(run, keep);
  return true;
}

/** Sections of seconds are measured together, which finds the clusters once; the others one by one, between which one may stop. */
function measuredAtOnce(keys: readonly SectionKey[], config: Work["config"], device: Device): SectionKey[][] {
  const isShort = (key: SectionKey) => (sections[key].trainingSteps?.(config, device) ?? 0) === 0;
  return [keys.filter(isShort), ...keys.filter((key) => !isShort(key)).map((key) => [key])].filter(({ length }) =>
    length > 0
  );
}

/** The files that stay; all of them in a whole run. */
const kept: Readonly<Record<Kept, readonly string[] | undefined>> = {
  run: undefined,
  weights: [
    runFiles.config,
    runFiles.analysis,
    "summary.md",
    runFiles.metrics,
    runFiles.weights,
    "figures",
    "index.html",
  ],
  measurements: [runFiles.config, runFiles.analysis, "summary.md"],
};

async function removeAllBut(run: Run, keep: Kept): Promise<void> {
  const names = kept[keep];
  if (names === undefined) return;
  for (const { name } of await Array.fromAsync(Deno.readDir(run.path))) {
    if (!names.includes(name)) await run.disk.remove(run.file(name), { recursive: true });
  }
}
