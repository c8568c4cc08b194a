import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { optimalDecoder } from "../../../../figures/charts/signs/optimal_decoder_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, marksOf } from "../../svg.ts";

Deno.test("optimalDecoder() draws every degree from three sources, and every objective with its error", () => {
  const figure = optimalDecoder({
    corners: [
      { degree: 1, features: 60, trained: 0.4, optimal: 0.41, theory: 0.39 },
      { degree: 2, features: 40, trained: 0.27, optimal: 0.28, theory: 0.26 },
    ],
    objectives: [{ name: "trained", objective: 15.26, error: 0.02 }, {
      name: "optimal",
      objective: 15.31,
      error: 0.02,
    }],
  });
  const root = assertStandalone(renderFigure(figure));
  const dots = marksOf(root, "dot", "circle").map(({ attributes }) => attributes);
  const y = placeOn(figure.panels[1], "y");
  const corners = dots.filter(({ r }) => ["6", "4", "2"].includes(r));
  assertEquals(corners.length, 6);
  [0.4, 0.27, 0.41, 0.28, 0.39, 0.26].forEach((value, index) => {
    assertAlmostEquals(Number(corners[index].cy), y(value), 0.01);
  });
  const x = placeOn(figure.panels[2], "x");
  const objectives = marksOf(root, "rule", "line").filter(({ attributes }) =>
    Math.abs(Number(attributes.x2) - Number(attributes.x1) - x(0.08) + x(0)) < 0.01
  );
  assertEquals(objectives.length, 2);
  assertStringIncludes(figure.caption, "15.260 ± 0.020 at best (trained)");
  assertEquals(figure.tables[0].rows[0], ["1", "60", "0.4", "0.41", "0.39"]);
  assertEquals(figure.tables[1].rows[1], ["optimal", "15.310 ± 0.020"]);
});
