import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { isingEntropy } from "../../../../figures/charts/frustration/spin_ice_entropy_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, marksOf } from "../../svg.ts";

Deno.test("isingEntropy() draws a point for every strip over 1/width²", () => {
  const strips = [{ width: 3, entropyPerSpin: 0.366 }, { width: 6, entropyPerSpin: 0.335 }];
  const figure = isingEntropy({
    entropy: { strips, extrapolated: 0.3247, exact: 0.32307 },
    signs: {
      density: 0.01,
      perEntry: 0.05,
      entries: 1000,
    },
  });
  const root = assertStandalone(renderFigure(figure));
  const dots = marksOf(root, "dot", "circle").filter(({ attributes }) => attributes.r === "4.5");
  assertEquals(dots.length, 2);
  const [x, y] = [placeOn(figure.panels[1], "x"), placeOn(figure.panels[1], "y")];
  assertAlmostEquals(Number(dots[1].attributes.cx), x(1 / 36), 0.01);
  assertAlmostEquals(Number(dots[1].attributes.cy), y(0.335), 0.01);
  assertStringIncludes(figure.caption, "extrapolate to 0.3247 nats a spin, where Wannier's exact value is 0.32307");
  assertEquals(figure.tables[0].rows.at(-1), ["S in all", "50", "matrix"]);
});
