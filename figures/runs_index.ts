/** The page over all runs. */
import { basename, join } from "node:path";
import type { Analysis } from "../analysis/summary.ts";
import { writeAtomically } from "../models/atomic_write.ts";
import { openRun, runFiles } from "../models/run_directory.ts";
import { type ListedRun, runsPage } from "./page/runs_page.ts";

/**
 * Writes `index.html` over the runs of a folder that have been drawn.
 *
 * @param folder where the runs are
 * @returns the path of the page
 */
export async function writeRunsIndex(folder: string): Promise<string> {
  const runs: ListedRun[] = [];
  const entries = await Array.fromAsync(Deno.readDir(folder));
  for (const { name } of entries.filter(({ isDirectory, name }) => isDirectory && !name.startsWith(".")).sort(byName)) {
    const listed = await listedRun(join(folder, name));
    if (listed !== undefined) runs.push(listed);
  }
  const path = join(folder, "index.html");
  await writeAtomically(path, runsPage(runs));
  return path;
}

const byName = (a: Deno.DirEntry, b: Deno.DirEntry) => a.name < b.name ? -1 : 1;

/** A run of the folder, if it is one and has a page. */
async function listedRun(path: string): Promise<ListedRun | undefined> {
  const isThere = (name: string) => Deno.stat(join(path, name)).then(() => true, () => false);
  if (!await isThere(runFiles.config) || !await isThere("index.html")) return undefined;
  const run = await openRun(path);
  const names = [...(await run.readText("index.html")).matchAll(/<figure id="([^"]+)">/g)].map(([, name]) => name);
  const figures = await Promise.all(
    names.map(async (name) => ({ name, title: await titleOf(run.file(`figures/${name}.svg`)) })),
  );
  return {
    folder: basename(path),
    config: await run.readConfig(),
    analysis: await run.readAnalysis() as Analysis,
    figures,
  };
}

/** The title that a figure says in its first element. */
async function titleOf(path: string): Promise<string> {
  return /<title[^>]*>([^<]*)<\/title>/.exec(await Deno.readTextFile(path))?.[1] ?? basename(path);
}
