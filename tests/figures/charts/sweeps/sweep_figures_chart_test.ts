import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { UsageError } from "../../../../models/errors.ts";
import { sweepFigures } from "../../../../figures/charts/sweeps/sweep_figures_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { seedMeans } from "../../../../figures/transforms/seed_means.ts";
import { plantedSweep, plantedTable } from "../../planted_sweep.ts";

Deno.test("seedMeans() averages the rows that agree in the coordinates, with the error of the mean", () => {
  const means = seedMeans(plantedTable, "signs.density.value", {
    x: "model.features / model.hidden",
    y: "task.noiseVariance",
  });
  assertEquals(means.length, 9);
  assertEquals([means[0].at, means[0].rows], [{ x: 4, y: 0.001 }, 2]);
  assertAlmostEquals(means[0].value, 0.017, 1e-12);
  // Two values 0.002 apart: their spread is 0.00141, that of the mean 0.001.
  assertAlmostEquals(means[0].error, 0.001, 1e-12);
  const last = means.at(-1)!;
  assertEquals([last.rows, Number.isNaN(last.error)], [1, true]);
});

Deno.test("a map has a cell for each point, contours, and its extremes in the caption", () => {
  const [map] = sweepFigures(plantedSweep, plantedTable);
  const svg = renderFigure(map);
  // A cell a point, 14 of the ramp, the ground.
  assertEquals(svg.match(/<rect /g)!.length, 9 + 14 + 1);
  assert(/<path [^>]*d="M[^"]+"/.test(svg), "contours");
  assertStringIncludes(map.caption, "1 to 2 seeds");
  assertStringIncludes(map.caption, "least 0.0170 ± 0.0010 at 4, 0.001, most 0.163 at 1, 0.1");
  assertEquals(map.tables[0].rows.length, 9);
});

Deno.test("curves have error bars over seeds, and theory where it has a solution", () => {
  const [, curves] = sweepFigures(plantedSweep, plantedTable);
  const rows = curves.tables[0].rows.filter(([quantity]) => quantity === "density p");
  assertEquals(rows.length, 9);
  assertEquals(rows.map((row) => row[4]), ["0.019", "0.028", "", "0.035", "0.044", "", "0.067", "0.076", ""]);
  const svg = renderFigure(curves);
  // Theory has a line for two of the three σ², and an entry in the key.
  assertEquals(svg.match(/stroke-dasharray="5[ ,]3"/g)!.length, 3);
  // A bar for each point that has two seeds which do not agree: those of p, but for the last; and the line of the key.
  const bars = Array.from(svg.matchAll(/<g[^>]*stroke-width="2"[^>]*>(.*?)<\/g>/gs), ([, inside]) => inside).join("");
  assertEquals(bars.match(/<line /g)!.length, 8 + 1);
});

Deno.test("sweepFigures() draws nothing while nothing is done, and refuses a column that is not there", () => {
  const nothing = { ...plantedTable, rows: plantedTable.rows.filter(({ status }) => status === "failed") };
  assertEquals(sweepFigures(plantedSweep, nothing), []);
  const other = { ...plantedTable, columns: plantedTable.columns.filter((name) => name !== "task.noiseVariance") };
  assertThrows(() => sweepFigures(plantedSweep, other), UsageError, "no column task.noiseVariance");
});
