/** Measures a run and writes `analysis.json` and `summary.md`. */
import { FailureError, UsageError } from "../../models/errors.ts";
import type { Config } from "../../models/experiment/config.ts";
import type { Run } from "../../models/run/run.ts";
import { lockRun } from "../../models/run/run_lock.ts";
import { runFiles } from "../../models/run/run_folder.ts";
import { readParameters } from "../../models/run/run_weights.ts";
import type { Device } from "../../models/runtime/device.ts";
import { parametersOf } from "../../models/training/training_state.ts";
import { type AnalyseOptions, withMeasured, withPairs } from "./analyse.ts";
import { type Analysis, type AnalysisFile, checkAnalysis, readAnalysisFile } from "./analysis.ts";
import { analysisVersion } from "./analysis_version.ts";
import { isDenoiser } from "./denoiser_weights.ts";
import type { NetworkSubject, Subject } from "./section.ts";
import { isSectionKey, type SectionKey, sectionKeys, sectionsOf } from "./sections.ts";
import { summary } from "./summary.ts";

/** Options of `analyseRun`. */
export interface AnalyseRunOptions extends AnalyseOptions {
  /** Keys of the sections to measure; the others stay as they are. @default all that are of the network */
  only?: readonly string[];
}

/**
 * Measures sections of a run, one after another; what is measured is on disk before the next one begins.
 *
 * A section that the file holds in an older or damaged form stays as it is until it is measured again.
 *
 * @returns all that `analysis.json` then holds and can be read
 * @throws {UsageError} if a section does not exist or is not of the run's network, the run has no weights yet, or another
 * process trains, measures or draws the run
 * @throws {FailureError} if `analysis.json` is damaged as a whole or of another version, unless all sections are measured
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseConfig } from "../../models/experiment/config.ts";
 * import { createRun } from "../../models/run/create_run.ts";
 * import { trainRun } from "../../models/run/training_run.ts";
 * import { analyseRun } from "./analyse_run.ts";
 * const config = parseConfig({ name: "tiny", model: { features: 16, hidden: 8 }, training: { steps: 4, batch: 32 } }, "example");
 * const folder = await Deno.makeTempDir();
 * const run = await createRun(`${folder}/tiny`, config);
 * await trainRun(run);
 * assertEquals(Object.keys(await analyseRun(run, { only: ["clusters", "signs"] })), ["version", "clusters", "signs"]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function analyseRun(
  run: Run,
  { only, device = "cpu", report }: AnalyseRunOptions = {},
): Promise<Analysis> {
  const chosen = only?.map(sectionKey);
  using _lock = await lockRun(run.path, run.disk);
  const config = await run.readConfig();
  const keys = chosen ?? sectionsOf(config);
  const subject = await subjectOf(run, config, device);
  let file: AnalysisFile = { version: analysisVersion, ...await fileOf(run, keys) };
  let { analysis } = checkAnalysis(file);
  for (const key of keys) {
    analysis = await withMeasured(key, subject, analysis, report);
    file = { ...file, [key]: analysis[key] };
    await run.writeAnalysis(file);
    await run.write("summary.md", summary(analysis, config));
  }
  return analysis;
}

async function subjectOf(run: Run, config: Config, device: Device): Promise<NetworkSubject | Subject> {
  const subject = { config, device, folder: run };
  if (!isDenoiser(config)) return { ...subject, parameters: await readParameters(run, parametersOf(config)) };
  return withPairs(subject, await run.readWeights());
}

function sectionKey(key: string): SectionKey {
  if (isSectionKey(key)) return key;
  throw new UsageError(`There is no section "${key}"; choose from ${sectionKeys.join(", ")}.`);
}

/** The file that the sections are written into: the run's own, or none where all that it might hold is measured anew. */
async function fileOf(run: Run, keys: readonly SectionKey[]): Promise<AnalysisFile> {
  if (!await run.has(runFiles.analysis)) return {};
  try {
    return await readAnalysisFile(run);
  } catch (error) {
    if (error instanceof FailureError && sectionKeys.every((key) => keys.includes(key))) return {};
    throw error;
  }
}
