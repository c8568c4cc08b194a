import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { measureEmbedding } from "../../../../analysis/baselines/embedding.ts";
import { embedding } from "../../../../figures/charts/weights/embedding_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { theme } from "../../../../figures/render/figure_theme.ts";
import { assertStandalone, marksOf } from "../../svg.ts";

Deno.test("embedding() draws the vectors of a plane with the angles between, and the cosines", () => {
  const vectors = Float32Array.of(1, 0, 0, 1, -1, 0, 0, -1);
  const figure = embedding(measureEmbedding({ features: 4, dimensions: 2, vectors }));
  const root = assertStandalone(renderFigure(figure));
  assertEquals(marksOf(root, "arrow", "path").length, 4);
  const cells = marksOf(root, "cell", "rect");
  // Each feature with itself, and with the one opposite.
  assertEquals(cells.filter(({ attributes }) => attributes.fill === theme.blue).length, 4);
  assertEquals(cells.filter(({ attributes }) => attributes.fill === theme.vermilion).length, 4);
  assertStringIncludes(figure.caption, "90°, 90°, 90°, 90°");
});

Deno.test("embedding() draws the shares of a dimension where there are more than two", () => {
  const vectors = Float32Array.from({ length: 9 }, (_, entry) => entry % 4 === 0 ? 1 : 0);
  const figure = embedding(measureEmbedding({ features: 3, dimensions: 3, vectors }));
  const dots = marksOf(assertStandalone(renderFigure(figure)), "dot", "circle");
  assertEquals(dots.length, 3);
  assertAlmostEquals(Number(dots[0].attributes.cy), Number(dots[2].attributes.cy), 0.01);
  assertStringIncludes(figure.caption, "3 of 3 features are represented in 3 dimensions");
});
