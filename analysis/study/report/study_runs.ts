/** The runs that a report of the study is made of: those of any plan that are there. */
import { FailureError, UsageError } from "../../../models/errors.ts";
import { continueRun } from "../../../models/run/continue_run.ts";
import type { Run } from "../../../models/run/run.ts";
import { runFiles } from "../../../models/run/run_folder.ts";
import { readAnalysis } from "../../report/analysis.ts";
import type { PlannedRun } from "../study.ts";

/** A run of the study that is there, measured and drawn. */
export interface StudyRun extends PlannedRun {
  /** Its directory. */
  readonly run: Run;
}

/**
 * Opens the planned runs that are there with weights, an analysis and figures. One that cannot be read is left out.
 *
 * @param pathOf where a run is, by its name
 * @param report hears which run was left out, and why
 */
export async function studyRuns(
  planned: readonly PlannedRun[],
  pathOf: (name: string) => string,
  report: (reason: string) => void,
): Promise<StudyRun[]> {
  const found: StudyRun[] = [];
  for (const plan of planned) {
    const { config } = plan;
    try {
      if (!await Deno.stat(pathOf(config.name)).then(() => true, () => false)) continue;
      const run = await continueRun(pathOf(config.name), config);
      const needed = [runFiles.weights, runFiles.analysis, "figures"];
      if (!(await Promise.all(needed.map((name) => run.has(name)))).every(Boolean)) continue;
      await readAnalysis(run);
      found.push({ ...plan, run });
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof FailureError)) throw error;
      report(`${config.name} is left out of the report: ${error.message}`);
    }
  }
  return found;
}
