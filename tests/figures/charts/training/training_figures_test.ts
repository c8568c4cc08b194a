import { assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { encoderHistogram } from "../../../../figures/charts/weights/encoder_histogram_chart.ts";
import { lossCurve } from "../../../../figures/charts/training/loss_curve_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { theme } from "../../../../figures/render/figure_theme.ts";
import { plantedWeights } from "../../planted.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, findAll, marksOf } from "../../svg.ts";

const records = [1, 10, 100, 1000].map((step) => ({
  step,
  objective: 100 / step,
  on: 4 / step,
  off: 36 / step,
  learningRate: 0.02,
}));

Deno.test("lossCurve() draws three losses and the learning rate through every record", () => {
  const figure = lossCurve(records);
  const root = assertStandalone(renderFigure(figure));
  const lines = marksOf(root, "line", "path").map(({ attributes }) => attributes.d);
  assertEquals(lines.length, 4);
  for (const line of lines) assertEquals(line.match(/[ML]/g)?.length, records.length);
  const [x, y] = [placeOn(figure.panels[1], "x"), placeOn(figure.panels[1], "y")];
  const [, startX, startY] = /^M([\d.]+),([\d.]+)/.exec(lines[0])!;
  assertAlmostEquals(Number(startX), x(1), 0.01);
  assertAlmostEquals(Number(startY), y(100), 0.01);
  assertStringIncludes(
    figure.caption,
    "After 1,000 steps the objective is 0.1;",
  );
});

Deno.test("lossCurve() draws the objective alone where the loss has no parts", () => {
  const figure = lossCurve(records.map(({ on: _on, off: _off, ...record }) => record));
  assertEquals(marksOf(assertStandalone(renderFigure(figure)), "line", "path").length, 2);
  assertStringIncludes(figure.caption, "The objective a sample while training");
});

Deno.test("lossCurve() refuses an empty log", () => {
  assertThrows(() => lossCurve([]), RangeError, "at least one");
});

Deno.test("encoderHistogram() counts every weight, by the side of the threshold", () => {
  const weights = plantedWeights({ features: 128, hidden: 64, density: 0.05 });
  const centres = [{ encoder: -1.6, share: 0.025 }, { encoder: 0, share: 0.95 }, { encoder: 1.6, share: 0.025 }];
  const figure = encoderHistogram({ weights, clusters: { threshold: 0.8, centres } });
  const root = assertStandalone(renderFigure(figure));
  const y = placeOn(figure.panels[1], "y");
  // From a bar's height back to its count: the scale is logarithmic between two known places.
  const decade = y(1) - y(10);
  const total = (colour: string) =>
    marksOf(root, "rect", "rect").filter(({ attributes }) => attributes.fill === colour)
      .reduce((sum, { attributes }) => sum + 10 ** ((y(1) - Number(attributes.y)) / decade), 0);
  const nonzero = weights.signs.filter((sign) => sign !== 0).length;
  assertAlmostEquals(total(theme.vermilion), nonzero, 1e-6 * nonzero);
  assertAlmostEquals(total(theme.neutral), 128 * 64 - nonzero, 1e-6 * 128 * 64);
  const x = placeOn(figure.panels[1], "x");
  const rules = findAll(root, ({ name, attributes }) => name === "line" && "x1" in attributes)
    .map(({ attributes }) => Number(attributes.x1));
  for (const place of [-1.6, -0.8, 0, 0.8, 1.6]) {
    assertEquals(rules.filter((rule) => Math.abs(rule - x(place)) < 0.01).length, 1, `rule at ${place}`);
  }
});

Deno.test("encoderHistogram() shows one colour and no threshold where nothing separates", () => {
  const weights = plantedWeights({ features: 32, hidden: 16, density: 0 });
  const root = assertStandalone(
    renderFigure(encoderHistogram({ weights, clusters: { threshold: null, centres: [] } })),
  );
  const colours = new Set(marksOf(root, "rect", "rect").map(({ attributes }) => attributes.fill));
  assertEquals(colours.size, 1);
});
