/** The figures and the page of a sweep, drawn from its table alone. */
import { join } from "node:path";
import type { Sweep } from "../../analysis/study/sweep/sweep.ts";
import type { Table } from "../../analysis/study/sweep/sweep_table.ts";
import { writeAtomically } from "../../models/disk/atomic_write.ts";
import { pathKind } from "../../models/disk/path_kind.ts";
import { sweepFigures } from "../charts/sweeps/sweep_figures_chart.ts";
import { renderFigure } from "../render/render.ts";
import { sweepPage } from "./sweep_page.ts";

/** A sweep on disk. */
export interface SweepResults {
  readonly sweep: Sweep;
  /** The text of its file. */
  readonly text: string;
  readonly table: Table;
  /** Where its runs are, by their names, and where the page goes. */
  readonly folder: string;
}

/**
 * Draws the figures that a sweep asks for into `figures/`, and the page `index.html` over all its points.
 *
 * @returns the path of the page
 * @throws {UsageError} if a figure names a column that the table does not have
 */
export async function drawSweep({ sweep, text, table, folder }: SweepResults): Promise<string> {
  const figures = sweepFigures(sweep, table);
  await Deno.mkdir(join(folder, "figures"), { recursive: true });
  for (const figure of figures) {
    await writeAtomically(join(folder, "figures", `${figure.name}.svg`), renderFigure(figure));
  }
  const links = new Map<string, string>();
  for (const { point } of table.rows) links.set(String(point), await linkTo(folder, String(point)));
  const path = join(folder, "index.html");
  await writeAtomically(path, sweepPage({ sweep, text, table, links, figures }));
  return path;
}

/** The page of a run where it was drawn, else its summary. */
async function linkTo(folder: string, name: string): Promise<string> {
  const isDrawn = await pathKind(join(folder, name, "index.html")) !== undefined;
  return `${encodeURIComponent(name)}/${isDrawn ? "index.html" : "summary.md"}`;
}
