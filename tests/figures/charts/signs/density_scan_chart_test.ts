import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { densityScan } from "../../../../figures/charts/signs/density_scan_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, marksOf } from "../../svg.ts";

Deno.test("densityScan() draws a point and an error bar for every density, and the marked ones", () => {
  const points = [0.01, 0.02, 0.04].map((density) => ({
    density,
    objective: 7 + 100 * Math.abs(density - 0.02),
    error: 0.1,
  }));
  const figure = densityScan({
    series: [{ name: "after descent", points }],
    marked: [{ name: "learned", density: 0.03 }],
  });
  const root = assertStandalone(renderFigure(figure));
  const [x, y] = [placeOn(figure.panels[1], "x"), placeOn(figure.panels[1], "y")];
  const dots = marksOf(root, "dot", "circle").filter(({ attributes }) => attributes.r === "4");
  assertEquals(dots.length, 3);
  assertAlmostEquals(Number(dots[0].attributes.cx), x(0.01), 0.01);
  assertAlmostEquals(Number(dots[0].attributes.cy), y(8), 0.01);
  const rules = marksOf(root, "rule", "line").map(({ attributes }) => attributes);
  assertEquals(rules.filter(({ x1 }) => Math.abs(Number(x1) - x(0.03)) < 0.01).length, 1);
  assertEquals(
    rules.filter(({ y1, y2 }) => Math.abs(Math.abs(Number(y2) - Number(y1)) - y(0) + y(0.2)) < 0.01).length,
    3,
  );
  assertStringIncludes(figure.caption, "7.00 ± 0.10 at p = 0.02 (after descent)");
});
