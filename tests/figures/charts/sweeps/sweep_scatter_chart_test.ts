import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { sweepScatter } from "../../../../figures/charts/sweeps/sweep_scatter_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, marksOf } from "../../svg.ts";

Deno.test("sweepScatter() has a dot a run where it belongs, a colour a value, and says what the diagonal is", () => {
  const quantity = (label: string) => ({ of: label, label, scale: "linear" as const });
  const figure = sweepScatter({
    kind: "scatter",
    name: "purity",
    title: "Purity",
    x: quantity("null"),
    y: quantity("measured"),
    series: quantity("φ"),
    diagonal: "fair signs",
    dots: [
      { point: "a", x: 0.6, y: 0.7, series: "tanh" },
      { point: "b", x: 0.7, y: 1, series: "relu" },
      { point: "c", x: 0.65, y: 0.66, series: "tanh" },
    ],
  });
  const root = assertStandalone(renderFigure(figure));
  const dots = marksOf(root, "dot", "circle").filter(({ attributes }) => attributes.r === "4");
  const [x, y] = [placeOn(figure.panels.at(-1)!, "x"), placeOn(figure.panels.at(-1)!, "y")];
  [[0.6, 0.7], [0.7, 1], [0.65, 0.66]].forEach(([across, up], index) => {
    assertAlmostEquals(Number(dots[index].attributes.cx), x(across), 0.01);
    assertAlmostEquals(Number(dots[index].attributes.cy), y(up), 0.01);
  });
  const fill = (index: number) => dots[index].attributes.fill;
  assertEquals([fill(0) === fill(2), fill(0) === fill(1)], [true, false]);
  assertStringIncludes(figure.caption, "both are equal: fair signs.");
});

Deno.test("sweepScatter() shows its dots on logarithmic axes too", () => {
  const quantity = (label: string) => ({ of: label, label, scale: "log" as const });
  const figure = sweepScatter({
    kind: "scatter",
    name: "decades",
    title: "Decades",
    x: quantity("noise"),
    y: quantity("objective"),
    series: quantity("φ"),
    dots: [1e-4, 1].map((x) => ({ point: String(x), x, y: 10 * x, series: "tanh" })),
  });
  const dots = marksOf(assertStandalone(renderFigure(figure)), "dot", "circle").filter(({ attributes }) =>
    attributes.r === "4"
  );
  assertEquals(dots.length, 2);
  for (const { attributes } of dots) assert(Number(attributes.cx) > 0 && Number(attributes.cy) > 0);
});
