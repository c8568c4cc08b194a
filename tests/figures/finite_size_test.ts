import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { finiteSize } from "../../figures/finite_size.ts";
import { renderFigure } from "../../figures/render.ts";
import { theme } from "../../figures/theme.ts";
import { placeOn } from "./scales.ts";
import { assertStandalone, findAll, marksOf } from "./svg.ts";

Deno.test("finiteSize() draws every size with its error, and the theory where there is one", () => {
  const points = [128, 256, 512].map((features) => ({ features, value: 1 + 10 / features, error: 0.01 }));
  const figure = finiteSize([{ quantity: "amplitude c", points, limit: 1 }, {
    quantity: "objective",
    points,
    limit: null,
  }]);
  const root = assertStandalone(renderFigure(figure));
  const dots = marksOf(root, "dot", "circle").filter(({ attributes }) => attributes.r === "4");
  assertEquals(dots.length, 6);
  const [x, y] = [placeOn(figure.panels[1], "x"), placeOn(figure.panels[1], "y")];
  assertAlmostEquals(Number(dots[1].attributes.cx), x(256), 0.01);
  assertAlmostEquals(Number(dots[1].attributes.cy), y(1 + 10 / 256), 0.01);
  const limits = findAll(
    root,
    ({ attributes }) => attributes.stroke === theme.vermilion && attributes["aria-label"] === "rule",
  );
  assertEquals(limits.length, 1 + 1); // and the key
  assertStringIncludes(figure.caption, "amplitude c 1.020 ± 0.010 at d = 512 (theory 1)");
});
