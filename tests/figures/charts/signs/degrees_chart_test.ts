import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { degrees } from "../../../../figures/charts/signs/degrees_chart.ts";
import { overlaps } from "../../../../figures/charts/signs/overlaps_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, marksOf } from "../../svg.ts";

const counts = (...observed: number[]) => ({
  observed,
  nulls: [{ name: "independent entries", mean: observed.map((count) => count + 5), sd: observed.map(() => 2) }],
});

Deno.test("degrees() draws a bar for each degree and the null's mean with its spread", () => {
  const figure = degrees({ features: counts(10, 40, 50), neurons: counts(20, 30) });
  const root = assertStandalone(renderFigure(figure));
  assertEquals(marksOf(root, "rect", "rect").length, 5);
  const dots = marksOf(root, "dot", "circle").filter(({ attributes }) => Number(attributes.r) === 3);
  assertEquals(dots.length, 5);
  const [x, y] = [placeOn(figure.panels[1], "x"), placeOn(figure.panels[1], "y")];
  assertAlmostEquals(Number(dots[2].attributes.cx), x(2), 0.01);
  assertAlmostEquals(Number(dots[2].attributes.cy), y(55), 0.01);
  const rules = marksOf(root, "rule", "line").filter(({ attributes }) => Math.abs(Number(attributes.x1) - x(2)) < 0.01);
  assertAlmostEquals(Math.abs(Number(rules[0].attributes.y2) - Number(rules[0].attributes.y1)), y(0) - y(4), 0.01);
  assertStringIncludes(figure.caption, "0, 1, 2, … neurons, 1.4 on average");
  assertEquals(figure.tables[0].rows, [["features", "100", "1.4", "10"], ["neurons", "50", "0.6", "20"]]);
});

Deno.test("overlaps() goes to a logarithmic scale where counts span much, and drops what is not there", () => {
  const figure = overlaps({ features: counts(100_000, 3000, 0, 1), neurons: counts(100, 20) });
  const root = assertStandalone(renderFigure(figure));
  assertEquals(figure.panels.map(({ options }) => options.y?.type), ["identity", "log", "linear"]);
  const bars = marksOf(root, "rect", "rect");
  assertEquals(bars.length, 3 + 2);
  const y = placeOn(figure.panels[1], "y");
  assertAlmostEquals(Number(bars[1].attributes.y), y(3000), 0.01);
  assertEquals(figure.tables[0].rows[0], ["features", "103,001", "100,000", "0.0292", "3"]);
});
