import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { basins } from "../../figures/basins.ts";
import { renderFigure } from "../../figures/render.ts";
import { placeOn } from "./scales.ts";
import { assertStandalone, marksOf } from "./svg.ts";

Deno.test("basins() draws every start before and after descent, with its error", () => {
  const figure = basins([
    { kind: "learned", draws: [{ before: 7.5, after: 7.4, error: 0.02 }] },
    { kind: "random S", draws: [{ before: 10, after: 7.5, error: 0.02 }, { before: 11, after: 7.6, error: 0.02 }] },
  ]);
  const root = assertStandalone(renderFigure(figure));
  const dots = marksOf(root, "dot", "circle").filter(({ attributes }) => attributes.r === "4");
  assertEquals(dots.length, 6);
  const [x, y] = [placeOn(figure.panels[1], "x"), placeOn(figure.panels[1], "y")];
  [7.5, 10, 11, 7.4, 7.5, 7.6].forEach((objective, index) => {
    assertAlmostEquals(Number(dots[index].attributes.cx), x(objective), 0.01);
  });
  assertEquals(Number(dots[0].attributes.cy), y("learned"));
  assertEquals(marksOf(root, "link", "path").filter(({ attributes }) => attributes["marker-end"]).length, 2);
  assertStringIncludes(figure.caption, "random S 10.500 → 7.550");
});
