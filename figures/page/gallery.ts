/** The figures, the training movie and the page of a run, drawn from its directory alone. */
import type { MetricsRow } from "../../models/run/metrics.ts";
import type { Run } from "../../models/run/run.ts";
import { lockRun } from "../../models/run/run_lock.ts";
import { figuresOf } from "../charts/charts.ts";
import type { Figure } from "../render/figure.ts";
import { type Material, readAnyMaterial } from "../render/material.ts";
import { movie } from "../movie/movie.ts";
import { movieFrames } from "../movie/frames.ts";
import type { ObjectiveRecord } from "../movie/plots.ts";
import { moviePage } from "../movie/movie_page.ts";
import { runPage } from "./run_page.ts";
import { renderFigure } from "../render/render.ts";

/**
 * Draws every figure that a run has the data for into `figures/`, the training movie as `movie.html` and
 * `figures/movie.svg`, and the page `index.html` with all of it.
 *
 * @returns the figures drawn, in the order of the page
 * @throws {UsageError} if the run has no weights or no analysis yet, or another process trains, measures or draws it
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
