/** Measures a run and writes `analysis.json` and `summary.md`. */
import { FailureError, UsageError } from "../../models/errors.ts";
import type { Run } from "../../models/run/run.ts";
import { lockRun } from "../../models/run/run_lock.ts";
import { runFiles } from "../../models/run/run_folder.ts";
import { findClusters } from "../clusters/clusters.ts";
import { type AnalyseOptions, withMeasured } from "./analyse.ts";
import { type Analysis, type AnalysisFile, checkAnalysis, readAnalysisFile } from "./analysis.ts";
import { analysisVersion } from "./analysis_version.ts";
import { denoiserWeights } from "./denoiser_weights.ts";
import { isSectionKey, type SectionKey, sectionKeys } from "./sections.ts";
import { extractSigns } from "../signs/signs.ts";
import { summary } from "./summary.ts";

/** Options of `analyseRun`. */
export interface AnalyseRunOptions extends AnalyseOptions {
  /** Keys of the sections to measure; the others stay as they are. @default all */
  only?: readonly string[];
}

/**
 * Measures sections of a run, one after another; what is measured is on disk before the next one begins.
 *
 * A section that the file holds in an older or damaged form stays as it is until it is measured again.
 *
 * @returns all that `analysis.json` then holds and can be read
 * @throws {UsageError} if a section does not exist, the run has no weights yet, they are no encoder and decoder, or another
 * process trains, measures or draws the run
 * @throws {FailureError} if `analysis.json` is damaged as a whole or of another version, unless all sections are measured
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { analyseRun, createRun, parseConfig, trainRun } from "../../mod.ts";
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
  { only = sectionKeys, device = "cpu", report }: AnalyseRunOptions = {},
): Promise<Analysis> {
  const keys = only.map(sectionKey);
  using _lock = await lockRun(run.path, run.disk);
  const config = await run.readConfig();
  const weights = await denoiserWeights(run, config);
  let file: AnalysisFile = { version: analysisVersion, ...await fileOf(run, keys) };
  let { analysis } = checkAnalysis(file);
  const clusters = findClusters(weights);
  const subject = { config, weights, device, clusters, signs: extractSigns(weights, clusters), folder: run };
  for (const key of keys) {
    analysis = await withMeasured(key, subject, analysis, report);
    file = { ...file, [key]: analysis[key] };
    await run.writeAnalysis(file);
    await run.write("summary.md", summary(analysis, config));
  }
  return analysis;
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
