import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { significant } from "../../../analysis/report/number_text.ts";
import { charts, figuresOf } from "../../../figures/charts/charts.ts";
import { renderFigure } from "../../../figures/render/render.ts";
import { theme } from "../../../figures/render/figure_theme.ts";
import { clusters, left, plantedMaterial } from "../planted_material.ts";
import { assertStandalone } from "../svg.ts";

const names = [
  "headline",
  "computing",
  "layers",
  "loss-curve",
  "encoder-histogram",
  "clusters",
  "corner-types",
  "coupled-pairs",
  "feature-types",
  "block-neurons",
  "degrees",
  "overlaps",
  "random-graph",
  "singular-values",
  "optimal-decoder",
  "density-scan",
  "basins",
  "ground-state",
  "hand-built",
  "embedding",
  "displacements",
  "exact-displacements",
  "orders",
  "residuals",
  "quantiles",
  "ising-lattices",
  "ising-entropy",
];

Deno.test("figuresOf() makes a figure of every section, wide and narrow", async () => {
  const run = await plantedMaterial();
  const figures = figuresOf(run);
  assertEquals(figures.map(({ name }) => name), names);
  for (const figure of figures) {
    assertStandalone(renderFigure(figure));
    const narrow = assertStandalone(renderFigure(figure, { phone: true }));
    assertEquals(Number(narrow.attributes.width) <= theme.phoneWidth, true, figure.name);
    for (const { panels, width } of [figure, figure.phone]) {
      for (const { x, options } of panels) {
        assertGreater(width + 1, x + (options.width ?? 0), `${figure.name}: a panel leaves the figure`);
      }
    }
  }
  // The planted S does not fall apart into components.
  const { finiteSize: _, pairDensity: __, temperature: ___, components: ____, ...ofOneRun } = charts;
  assertEquals(figures.length, Object.keys(ofOneRun).length);
  for (const { name, caption, tables } of figures) {
    assertLess(caption.match(/[.?:](?= [A-Z])/g)?.length ?? 0, 3, `${name}: ${caption}`);
    assertGreater(tables.length, 0, name);
    for (const { columns, rows } of tables) {
      for (const row of rows) assertEquals(row.length, columns.length, name);
    }
  }
  const rowsOf = (name: string) => figures.find((figure) => figure.name === name)!.tables[0].rows;
  assertEquals(rowsOf("basins")[2], ["iid S", "3", "8.000 ± 0.010", "7.600 ± 0.010", "7.500 ± 0.010"]);
  assertEquals(rowsOf("density-scan")[2], ["mean-field theory, equal degrees, lowest", "0.05", "7.05"]);
  assertEquals(rowsOf("displacements")[3], ["Decoder, corner", "300", "900", "0.9", "0.8"]);
  const remainder = "decoder, corner, left by the prediction";
  assertEquals(rowsOf("residuals").at(-1)!.slice(0, 3), [remainder, "300", significant(left.sd)]);
  assertEquals(rowsOf("quantiles").at(-1)!.slice(0, 2), [remainder, "300"]);
});

Deno.test("figuresOf() leaves out what was not measured, and what has nothing to say", async () => {
  const { analysis: _, ...run } = await plantedMaterial();
  const few = figuresOf({ ...run, analysis: { version: 1, clusters, pinningField: null } });
  assertEquals(few.map(({ name }) => name), [names[0], ...names.slice(3, 7)]);
});
