import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { randomGraph } from "../../../../figures/charts/signs/random_graph_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { theme } from "../../../../figures/render/figure_theme.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, marksOf } from "../../svg.ts";

const test = (statistic: string, z: number | null, adjustedP: number) => ({
  statistic,
  observed: 2,
  nullMean: 1,
  z,
  adjustedP,
});

Deno.test("randomGraph() puts a dot at each z, filled where the null is rejected", () => {
  const figure = randomGraph({
    nulls: [
      { name: "iid", tests: [test("4-cycles", -8, 0.001), test("purity", 80, 0)] },
      { name: "degrees kept", tests: [test("4-cycles", 1, 1), test("purity", null, 1)] },
    ],
    level: 0.05,
    draws: 200,
  });
  const root = assertStandalone(renderFigure(figure));
  const dots = marksOf(root, "dot", "circle").filter(({ attributes }) => attributes.r === "4");
  assertEquals(dots.length, 3);
  const x = placeOn(figure.panels[1], "x");
  [-8, 80, 1].forEach((z, index) => assertAlmostEquals(Number(dots[index].attributes.cx), x(z), 0.01));
  const fills = marksOf(root, "dot", "g").map(({ attributes }) => attributes.fill);
  assertEquals(fills.filter((fill) => fill === theme.paper).length, 1);
  assertStringIncludes(figure.caption, "after correction for all tests: 2 (iid), 0 (degrees kept) of 2.");
  assertEquals(figure.tables[0].rows[1], ["purity", "2", "1", "80", "1", "–"]);
});
