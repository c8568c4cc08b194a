/** Measures a run and writes `analysis.json` and `summary.md`. */
import { UsageError } from "../../models/errors.ts";
import type { Run } from "../../models/run/run.ts";
import { runFiles } from "../../models/run/run_folder.ts";
import type { Device } from "../../models/runtime/device.ts";
import { findClusters } from "../clusters/clusters.ts";
import { sections } from "./sections.ts";
import { extractSigns } from "../signs/signs.ts";
import { type Analysis, summary } from "./summary.ts";

/** Options of `analyseRun`. */
export interface AnalyseRunOptions {
  /** Keys of the sections to measure; the others stay as they are. @default all */
  only?: readonly string[];
  /** @default "cpu" */
  device?: Device;
  /** Told the title of each section before it is measured. @default nobody */
  report?: (title: string) => void;
}

/**
 * Measures sections of a run, one after another; what is measured is on disk before the next one begins.
 *
 * @returns all that `analysis.json` then holds
 * @throws {UsageError} if a section does not exist or the run has no weights yet
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { analyseRun, createRun, parseConfig, trainRun } from "../../mod.ts";
 * const config = parseConfig({ name: "tiny", model: { features: 16, hidden: 8 }, training: { steps: 4, batch: 32 } }, "example");
 * const folder = await Deno.makeTempDir();
 * const run = await createRun(`${folder}/tiny`, config);
 * await trainRun(run);
 * assertEquals(Object.keys(await analyseRun(run, { only: ["clusters", "signs"] })), ["clusters", "signs"]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function analyseRun(
  run: Run,
  { only = Object.keys(sections), device = "cpu", report }: AnalyseRunOptions = {},
): Promise<Analysis> {
  for (const key of only) {
    if (!Object.hasOwn(sections, key)) {
      throw new UsageError(`There is no section "${key}"; choose from ${Object.keys(sections).join(", ")}.`);
    }
  }
  const config = await run.readConfig();
  const weights = await run.readWeights();
  let analysis: Analysis = await run.has(runFiles.analysis) ? await run.readAnalysis() as Analysis : {};
  const clusters = findClusters(weights);
  const subject = { config, weights, device, clusters, signs: extractSigns(weights, clusters) };
  for (const key of only) {
    const { title } = sections[key];
    report?.(title);
    const data = await sections[key].analyse({ ...subject, report: (stage) => report?.(`${title}, ${stage}`) });
    analysis = { ...analysis, [key]: data };
    await run.writeAnalysis(analysis);
    await run.write("summary.md", summary(analysis, config));
  }
  return analysis;
}
