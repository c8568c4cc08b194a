/** The page over all runs. */
import { basename, join } from "node:path";
import { readAnalysis } from "../../analysis/report/analysis.ts";
import { removePartials, writeAtomically } from "../../models/disk/atomic_write.ts";
import { FailureError, UsageError } from "../../models/errors.ts";
import { openRun } from "../../models/run/run.ts";
import { runFiles } from "../../models/run/run_folder.ts";
import { sizeTrends } from "../../analysis/pinning_field/size_trends.ts";
import type { Figure } from "../render/figure.ts";
import { charts } from "../charts/charts.ts";
import { sizeSeries } from "../transforms/size_series.ts";
import { significant } from "../../analysis/report/number_text.ts";
import { stepsWords } from "../../analysis/report/analysis_provenance.ts";
import { type ListedRun, runsPage } from "./runs_page.ts";

/**
 * Writes `index.html` over the runs of a folder that have been drawn. One that cannot be read is left out.
 * See {@linkcode drawRun}.
 *
 * @param folder where the runs are
 * @param report hears which run was left out, and why; default nobody
 * @returns the path of the page
 */
export async function writeRunsIndex(folder: string, report?: (reason: string) => void): Promise<string> {
  const runs: ListedRun[] = [];
  const entries = await Array.fromAsync(Deno.readDir(folder));
  for (const { name } of entries.filter(({ isDirectory, name }) => isDirectory && !name.startsWith(".")).sort(byName)) {
    try {
      const listed = await listedRun(join(folder, name));
      if (listed !== undefined) runs.push(listed);
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof FailureError)) throw error;
      report?.(`${name} is left out of the page over all runs: ${error.message}`);
    }
  }
  const path = join(folder, "index.html");
  // Several trainings may end here at a time; none takes a minute to write a page.
  await removePartials(folder, Deno, 60);
  await writeAtomically(path, runsPage(runs, trends(runs)));
  return path;
}

/** Trends with size, a figure for each series of runs whose pinning field was measured. */
function trends(runs: readonly ListedRun[]): Figure[] {
  const measured = runs.flatMap(({ config, analysis: { pinningField: data } }) => data ? [{ config, data }] : []);
  return sizeSeries(measured).flatMap((series, index) => {
    const networks = series.map(({ config, data }) => ({ features: config.model.features, data }));
    const shown = sizeTrends(networks).filter(({ points }) => points.length > 1);
    if (shown.length === 0) return [];
    const figure = charts.finiteSize(shown);
    const { features, hidden } = series[0].config.model;
    const trainings = series.map(({ config, data: { solves } }) => {
      const { model, training } = config;
      return [String(model.features), stepsWords(config), String(training.batch), String(solves.length)];
    });
    return {
      ...figure,
      tables: [...figure.tables, { columns: ["d", "training steps", "batch", "Newton steps"], rows: trainings }],
      name: `${figure.name}-${index + 1}`,
      title: `${figure.title}, d/h = ${significant(features / hidden)}`,
    };
  });
}

const byName = (a: Deno.DirEntry, b: Deno.DirEntry) => a.name < b.name ? -1 : 1;

/** A run of the folder, if it is one and has a page. */
async function listedRun(path: string): Promise<ListedRun | undefined> {
  const isThere = (name: string) => Deno.stat(join(path, name)).then(() => true, () => false);
  if (!await isThere(runFiles.config) || !await isThere("index.html")) return undefined;
  const run = await openRun(path);
  const names = [...(await run.readText("index.html")).matchAll(/<figure id="([^"]+)">/g)].map(([, name]) => name);
  const figures = [];
  for (const name of names) {
    const file = `figures/${name}.svg`;
    if (await run.has(file)) figures.push({ name, title: titleOf(await run.readText(file)) ?? name });
  }
  return {
    folder: basename(path),
    config: await run.readConfig(),
    analysis: await readAnalysis(run),
    figures,
  };
}

/** The title that a figure says in its first element, if it is one of ours. */
function titleOf(svg: string): string | undefined {
  return /<title[^>]*>([^<]*)<\/title>/.exec(svg)?.[1];
}
