/** What the study asks for, and what of it is left to do. */
import { UsageError } from "../../models/errors.ts";
import type { Config } from "../../models/experiment/config.ts";
import { loadPreset } from "../../models/experiment/presets.ts";
import { continueRun } from "../../models/run/continue_run.ts";
import type { Run } from "../../models/run/run.ts";
import { runFiles } from "../../models/run/run_folder.ts";
import type { Device } from "../../models/runtime/device.ts";
import { checkAnalysis, readAnalysisFile } from "../report/analysis.ts";
import { type SectionKey, sectionKeys } from "../report/sections.ts";
import { plans } from "./plans.ts";

/** An experiment with what is to be done for it. */
export interface Work {
  readonly config: Config;
  /** Keys of the sections to measure. */
  readonly keys: readonly SectionKey[];
}

/**
 * The study on a device.
 *
 * @param only names of runs, or of presets for all runs made from them; none for all
 * @throws {UsageError} if the study has no run and no preset of a name
 */
export function studyOn(device: Device, only: readonly string[] = []): Work[] {
  const parts = plans[device].map(({ preset, settings, sections: keys = sectionKeys }) => {
    const config = loadPreset(preset, settings);
    return { names: [config.name, preset], work: { config, keys } };
  });
  const choices = new Set(parts.flatMap(({ names }) => names));
  for (const name of only) {
    if (choices.has(name)) continue;
    throw new UsageError(`The study has no "${name}"; choose from ${[...choices].join(", ")}.`);
  }
  const chosen = parts.filter(({ names }) => only.length === 0 || names.some((name) => only.includes(name)));
  return chosen.map(({ work }) => work);
}

/** Work that is left: what is not measured yet, and the steps that are not trained. */
export interface RemainingWork extends Work {
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
