import * as Plot from "@observablehq/plot";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { UsageError } from "../../../models/errors.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { chart, charts, gridFigure, type Material, renderFigure, theme } from "../../../figures/mod.ts";
import { plantedWeights } from "../planted.ts";
import { assertStandalone, marksOf } from "../svg.ts";

const biases = chart(
  (values: readonly number[]) =>
    gridFigure({ name: "biases", title: "Biases", caption: "One dot a bias.", tables: [] }, [
      { height: 100, marks: [Plot.dotX(values, { fill: theme.blue })] },
    ]),
  ({ weights }) => weights.features > 4 ? Array.from(weights.encoder.slice(0, 3)) : undefined,
);

const run = (features: number) => ({ weights: plantedWeights({ features, hidden: 4 }) }) as unknown as Material;

Deno.test("chart() draws its data, and a run that has data for it", () => {
  const dots = (figure: ReturnType<typeof biases>) =>
    marksOf(assertStandalone(renderFigure(figure)), "dot", "circle").length;
  assertEquals(dots(biases([1, 2])), 2);
  assertEquals(dots(biases.ofRun(run(8))!), 3);
  assertEquals(biases.ofRun(run(4)), undefined);
});

Deno.test("chart() finds nothing in one run where it shows several", () => {
  const trends = chart((values: readonly number[]) => biases(values));
  assertEquals(trends.ofRun(run(8)), undefined);
});

Deno.test("a chart draws a network in memory, finds its clusters and signs itself, and says what it lacks", () => {
  const size = { features: 24, hidden: 12 };
  const config = parseConfig({ name: "planted", model: size, training: { steps: 1 } }, "test");
  const network = { config, weights: plantedWeights({ ...size, density: 0.2 }), metrics: [] };
  const one = charts.weightPairs(network);
  const two = charts.weightPairs({ ...network, pair: network });
  assert(two.panels.length > one.panels.length);
  assertEquals(charts.cornerTypes(network).name, "corner-types");
  const sentence = "planted has not the data for this chart: measure the network first.";
  assertThrows(() => charts.lossCurve(network), UsageError, sentence);
  assertThrows(() => charts.basins(network), UsageError, sentence);
});

Deno.test("a notebook shows a figure as a picture", () => {
  const figure: unknown = biases([1, 2]);
  const display = (figure as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")];
  assertStringIncludes(display()["image/svg+xml"], "One dot a bias.");
});
