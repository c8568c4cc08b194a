import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { quantiles } from "../../../../figures/charts/displacements/quantiles_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { residuals } from "../../../../figures/charts/displacements/residuals_chart.ts";
import { randomStream } from "../../../../models/random.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, marksOf } from "../../svg.ts";

const random = randomStream(1, "residuals");
const group = (name: string) => ({
  name,
  values: Float32Array.from({ length: 3000 }, () => 2 + 0.5 * random.normal()),
  mean: 2,
  sd: 0.5,
  skewness: 0.01,
  excessKurtosis: -0.02,
  ksPValue: 0.4,
});

Deno.test("residuals() draws a density of unit area with the Gaussian over it", () => {
  const figure = residuals([group("centre"), group("corner")]);
  const root = assertStandalone(renderFigure(figure));
  const [x, y] = [placeOn(figure.panels[1], "x"), placeOn(figure.panels[1], "y")];
  const decade = y(0.01) - y(0.1);
  const bars = marksOf(root, "rect", "rect").map(({ attributes }) => attributes);
  const area = bars.reduce((sum, bar) => sum + 10 ** ((y(1) - Number(bar.y)) / decade) * 12 / 72, 0);
  assertAlmostEquals(area, 2, 1e-6);
  const curves = marksOf(root, "line", "path");
  assertEquals(curves.length, 2);
  const peakOf = (curve: typeof curves[number]) =>
    [...curve.attributes.d.matchAll(/([\d.]+),([\d.]+)/g)].map(([, px, py]) => [Number(px), Number(py)])
      .reduce((a, b) => (b[1] < a[1] ? b : a));
  const [px, py] = peakOf(curves[0]);
  assertAlmostEquals(px, x(0), 0.01);
  assertAlmostEquals(py, y(0.3989423), 0.01);
  // A prediction of half the deviation has twice the peak.
  const narrower = residuals([{ ...group("corner"), predictedSpread: 0.25 }]);
  const [, predicted] = marksOf(assertStandalone(renderFigure(narrower)), "line", "path");
  assertAlmostEquals(peakOf(predicted)[1], placeOn(narrower.panels[1], "y")(2 * 0.3989423), 0.01);
  assertStringIncludes(figure.caption, "centre: excess kurtosis −0.02");
  assertEquals(figure.tables[0].rows[0], ["centre", "3,000", "0.5", "0.01", "−0.02", "0.4"]);
});

Deno.test("quantiles() draws a dot for each order statistic within its axes and the band", () => {
  const figure = quantiles([group("centre")]);
  const root = assertStandalone(renderFigure(figure));
  const [x, y] = [placeOn(figure.panels[1], "x"), placeOn(figure.panels[1], "y")];
  const dots = marksOf(root, "dot", "circle").filter(({ attributes }) => attributes.r === "1.5");
  assertEquals(dots.length > 100 && dots.length <= 161, true);
  const middle = dots[Math.floor(dots.length / 2)].attributes;
  assertAlmostEquals(Number(middle.cx), x(0), 3);
  assertAlmostEquals(Number(middle.cy), y(0), 6);
  assertEquals(marksOf(root, "area", "path").length, 1);
});
