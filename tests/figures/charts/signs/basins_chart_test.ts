import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { basins } from "../../../../figures/charts/signs/basins_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, marksOf } from "../../svg.ts";

const rung = (kind: string, draws: number, ...values: number[]) => {
  const [before, after, refitted] = values.map((value) => ({ value, error: 0.02 }));
  return { kind, draws, before, after, refitted };
};

Deno.test("basins() draws every kind before and after descent, with its error", () => {
  const figure = basins([rung("learned", 1, 7.5, 7.4, 7.3), rung("random S", 3, 11, 7.6, 7.45)]);
  const root = assertStandalone(renderFigure(figure));
  const dots = marksOf(root, "dot", "circle").filter(({ attributes }) => attributes.r === "4");
  assertEquals(dots.length, 6);
  const [x, y] = [placeOn(figure.panels[1], "x"), placeOn(figure.panels[1], "y")];
  [7.5, 11, 7.4, 7.6, 7.3, 7.45].forEach((objective, index) => {
    assertAlmostEquals(Number(dots[index].attributes.cx), x(objective), 0.01);
  });
  assertEquals(Number(dots[0].attributes.cy), y("learned"));
  const bars = marksOf(root, "rule", "line").filter(({ attributes }) =>
    Math.abs(Number(attributes.x2) - Number(attributes.x1) - x(0.04) + x(0)) < 0.01
  );
  assertEquals(bars.length, 6);
  assertStringIncludes(figure.caption, "between 7.400 ± 0.020 (learned) and 7.600 ± 0.020 (random S).");
  const [table] = figure.tables;
  assertEquals(table.rows[1], ["random S", "3", "11.000 ± 0.020", "7.600 ± 0.020", "7.450 ± 0.020"]);
});
