import * as Plot from "@observablehq/plot";
import { assertEquals } from "@std/assert";
import { chart, gridFigure, type Material, renderFigure, theme } from "../../../figures/mod.ts";
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
