import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { renderFigure } from "../../../../figures/render/render.ts";
import { singularValues } from "../../../../figures/charts/signs/singular_values_chart.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, marksOf } from "../../svg.ts";

Deno.test("singularValues() draws a histogram of unit area under the law, and marks the largest value", () => {
  const values = Float64Array.from({ length: 500 }, (_, index) => 1 + index / 500);
  const law = [0.5, 1, 2, 2.5].map((value) => ({ value, density: value === 0.5 || value === 2.5 ? 0 : 0.6 }));
  const figure = singularValues({ values, law, nullLargest: { mean: 2.4, spread: 0.05 } });
  const root = assertStandalone(renderFigure(figure));
  const [x, y] = [placeOn(figure.panels[1], "x"), placeOn(figure.panels[1], "y")];
  const [band, ...bars] = marksOf(root, "rect", "rect").map(({ attributes }) => attributes);
  assertAlmostEquals(Number(band.x), x(2.3), 0.01);
  const pixelArea = (x(1) - x(0)) * (y(0) - y(1));
  const area = bars.reduce((sum, { width, height }) => sum + (Number(width)) * Number(height), 0);
  assertAlmostEquals(area / pixelArea, 1, 0.01);
  assertEquals(marksOf(root, "line", "path").length, 1);
  const largest = marksOf(root, "rule", "line").map(({ attributes }) => Number(attributes.x1));
  assertAlmostEquals(largest[largest.length - 1], x(values[499]), 0.01);
  assertStringIncludes(figure.caption, "The largest is 2, where the law ends at 2.5");
});
