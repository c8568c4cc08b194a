/** The report of the study, written from the directories of its runs alone. */
import { basename, join } from "node:path";
import { readAnalysis } from "../../analysis/report/analysis.ts";
import { studyMarkdown } from "../../analysis/study/report/study_markdown.ts";
import { type FinishedRun, type StudyReport, studyReport } from "../../analysis/study/report/study_report.ts";
import { writeAtomically } from "../../models/disk/atomic_write.ts";
import type { Run } from "../../models/run/run.ts";
import { studyPage } from "./study_page.ts";

/**
 * Writes `REPORT.md` and `report.html` over the runs of the study.
 *
 * @param folder where the runs are
 * @param runs those of the study, measured and drawn, in its order, each with what makes it
 * @param command what made all of it
 * @returns the report, and the paths of what was written
 */
export async function writeStudyReport(
  folder: string,
  runs: readonly { readonly run: Run; readonly command: string }[],
  command: string,
): Promise<{ report: StudyReport; files: readonly string[] }> {
  const report = studyReport(await Promise.all(runs.map(finishedRun)));
  const files = { "REPORT.md": studyMarkdown(report, command), "report.html": studyPage(report, command) };
  for (const [name, text] of Object.entries(files)) await writeAtomically(join(folder, name), text);
  return { report, files: Object.keys(files).map((name) => join(folder, name)) };
}

async function finishedRun(
  { run, command }: { readonly run: Run; readonly command: string },
): Promise<FinishedRun> {
  const figures = await Array.fromAsync(Deno.readDir(run.file("figures")), ({ name }) => name);
  return {
    config: await run.readConfig(),
    analysis: await readAnalysis(run),
    figures: figures.filter((name) => name.endsWith(".svg")).map((name) => basename(name, ".svg")),
    command,
  };
}
