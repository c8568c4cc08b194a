import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { finiteSize } from "../../../../figures/charts/displacements/finite_size_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { theme } from "../../../../figures/render/figure_theme.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, findAll, marksOf } from "../../svg.ts";

Deno.test("finiteSize() draws every size with its error, and the theory where there is one", () => {
  const points = [128, 256, 512].map((features) => ({
    features,
    value: 1 + 10 / features,
    error: 0.01,
    theory: features === 256 ? null : 1,
  }));
  const figure = finiteSize([
    { quantity: "excess kurtosis", points, gaussian: 0 },
    { quantity: "correlation", points: points.map((point) => ({ ...point, theory: null })), gaussian: null },
  ]);
  const root = assertStandalone(renderFigure(figure));
  const dots = marksOf(root, "dot", "circle").filter(({ attributes }) => attributes.r === "4");
  assertEquals(dots.length, 6);
  const [x, y] = [placeOn(figure.panels[1], "x"), placeOn(figure.panels[1], "y")];
  assertAlmostEquals(Number(dots[1].attributes.cx), x(256), 0.01);
  assertAlmostEquals(Number(dots[1].attributes.cy), y(1 + 10 / 256), 0.01);
  const crosses = marksOf(root, "dot", "path").map(({ attributes }) => attributes.transform);
  assertEquals(crosses.length, 2 + 1); // and the key
  assertStringIncludes(crosses[1], `translate(${x(128)},`);
  const lines = findAll(
    root,
    ({ attributes }) => attributes["aria-label"] === "rule" && "stroke-dasharray" in attributes,
  );
  const gaussians = lines.filter(({ attributes }) => attributes.stroke === theme.muted)
    .flatMap((group) => findAll(group, ({ name }) => name === "line"));
  assertEquals(gaussians.length, 1 + 1); // and the key
  assertAlmostEquals(Number(gaussians[1].attributes.y1), y(0), 0.01);
  assertEquals(figure.tables[0].rows[2], ["excess kurtosis", "512", "1.020 ± 0.010", "1"]);
});
