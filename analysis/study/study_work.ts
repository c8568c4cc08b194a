/** An experiment with what is to be done for it, and what of that is left. */
import type { Config } from "../../models/experiment/config.ts";
import { continueRun } from "../../models/run/continue_run.ts";
import type { Run } from "../../models/run/run.ts";
import { runFiles } from "../../models/run/run_folder.ts";
import { checkAnalysis, readAnalysisFile } from "../report/analysis.ts";
import type { SectionKey } from "../report/sections.ts";

/** An experiment with what is to be done for it. */
export interface Work {
  /** What to train. */
  readonly config: Config;
  /** Keys of the sections to measure. */
  readonly keys: readonly SectionKey[];
}

/** Work that is left: what is not measured yet, and the steps that are not trained. */
export interface RemainingWork extends Work {
  /** Steps that are not trained yet. */
  readonly steps: number;
}

/**
 * What is left of a work where its run is there already.
 *
 * @param path where the run is or will be
 * @throws {UsageError} if the run there is of another experiment
 */
export async function remainingWork({ config, keys }: Work, path: string): Promise<RemainingWork> {
  const { steps } = config.training;
  if (!await Deno.stat(path).then(() => true, () => false)) return { config, keys, steps };
  const run = await continueRun(path, config);
  return { config, keys: await unmeasured(run, keys), steps: await run.has(runFiles.weights) ? 0 : steps };
}

/** The sections that `analysis.json` does not hold yet, or not in a form that can be read. */
export async function unmeasured(run: Run, keys: readonly SectionKey[]): Promise<SectionKey[]> {
  if (!await run.has(runFiles.analysis)) return [...keys];
  const { analysis } = checkAnalysis(await readAnalysisFile(run));
  return keys.filter((key) => analysis[key] === undefined);
}
