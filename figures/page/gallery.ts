/** The figures, the training movie and the page of a run, drawn from its directory alone. */
import type { MetricsRow } from "../../models/run/metrics.ts";
import type { Run } from "../../models/run/run.ts";
import { lockRun } from "../../models/run/run_lock.ts";
import { figuresOf } from "../charts/charts.ts";
import type { Figure } from "../render/figure.ts";
import { type Material, readAnyMaterial } from "../render/figure_material.ts";
import { movie } from "../movie/movie.ts";
import { movieFrames } from "../movie/movie_frames.ts";
import type { ObjectiveRecord } from "../movie/movie_plots.ts";
import { moviePage } from "../movie/movie_page.ts";
import { runPage } from "./run_page.ts";
import { renderFigure } from "../render/render.ts";

/**
 * Draws every figure that a run has the data for into `figures/`, the training movie as `movie.html` and
 * `figures/movie.svg`, and the page `index.html` with all of it.
 *
 * @returns the figures drawn, in the order of the page
 * @throws {UsageError} if the run has no weights or no analysis yet, or another process trains, measures or draws it
 *
 * @example
 * ```ts
 * import { assert, assertEquals, assertStringIncludes } from "@std/assert";
 * import { analyseRun, createRun, parseConfig, trainRun } from "../../mod.ts";
 * import { figuresOf } from "../charts/charts.ts";
 * import { movie } from "../movie/movie.ts";
 * import { movieFrames } from "../movie/movie_frames.ts";
 * import { moviePage } from "../movie/movie_page.ts";
 * import { printRun } from "../print/print_run.ts";
 * import { readAnyMaterial, readMaterial } from "../render/figure_material.ts";
 * import { drawRun } from "./gallery.ts";
 * import { writeRunsIndex } from "./runs_index.ts";
 * const folder = await Deno.makeTempDir();
 * const tiny = { name: "tiny", model: { features: 16, hidden: 8 }, training: { steps: 4, batch: 32 } };
 * const run = await createRun(`${folder}/tiny`, parseConfig(tiny, "my script"));
 * await trainRun(run);
 * await analyseRun(run, { only: ["clusters"] });
 * const drawn = await drawRun(run); // figures/*.svg, movie.html, index.html
 * assert(await run.has("index.html"));
 * await writeRunsIndex(folder); // the page over all runs
 * assert((await printRun(run, { figures: ["loss-curve"] })).includes("paper/loss-curve.svg"));
 * // The same in memory:
 * const material = await readMaterial(run);
 * assertEquals(Object.keys(await readAnyMaterial(run)), Object.keys(material)); // of another network fewer
 * assertEquals(figuresOf(material).map(({ name }) => name), drawn.map(({ name }) => name));
 * const { snapshots, weights, analysis: { clusters }, signs } = material;
 * const frames = movieFrames(snapshots!, weights, clusters.centres, signs);
 * const records = [{ step: 1, objective: 32 }, { step: 4, objective: 31 }];
 * assertStringIncludes(moviePage("tiny", frames, records), "<script");
 * assertEquals(movie(frames, records).name, "movie");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function drawRun(run: Run): Promise<Figure[]> {
  using _lock = await lockRun(run.path, run.disk);
  const material = await readAnyMaterial(run);
  const figures = figuresOf(material);
  const moving = "weights" in material ? drawMovie(material) : undefined;
  for (const figure of [...figures, ...(moving === undefined ? [] : [moving.figure])]) {
    await run.write(`figures/${figure.name}.svg`, renderFigure(figure));
  }
  if (moving !== undefined) await run.write("movie.html", moving.page);
  const { config, analysis } = material;
  const configText = await run.readText("config.yaml");
  await run.write("index.html", runPage({ config, configText, analysis, figures, hasMovie: moving !== undefined }));
  return figures;
}

function drawMovie({ snapshots, weights, analysis: { clusters }, signs, metrics, config }: Material) {
  if (snapshots === undefined) return undefined;
  const records = metrics.filter((row): row is MetricsRow & ObjectiveRecord => "objective" in row);
  const frames = movieFrames(snapshots, weights, clusters.centres, signs);
  return { figure: movie(frames, records), page: moviePage(config.name, frames, records) };
}
