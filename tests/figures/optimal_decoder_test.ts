import { assertAlmostEquals, assertEquals } from "@std/assert";
import { optimalDecoder } from "../../figures/optimal_decoder.ts";
import { renderFigure } from "../../figures/render.ts";
import { placeOn } from "./scales.ts";
import { assertStandalone, findAll, marksOf } from "./svg.ts";

Deno.test("optimalDecoder() shows where the decoders agree, and every objective", () => {
  const trained = Float32Array.from({ length: 1000 }, (_, index) => index / 1000);
  const figure = optimalDecoder({
    trained,
    optimal: trained,
    objectives: [{ name: "trained", objective: 7.4, error: 0.01 }, { name: "optimal", objective: 7.6, error: 0.02 }],
  });
  const root = assertStandalone(renderFigure(figure));
  const [density] = findAll(root, ({ attributes }) => attributes["aria-label"] === "density");
  const cells = [...density.children[0].attributes.d.matchAll(/M(\d+) (\d+)h(\d+)/g)];
  for (const [, column, row, run] of cells) assertEquals([column, run], [row, "1"]); // the diagonal
  const dots = marksOf(root, "dot", "circle");
  const x = placeOn(figure.panels[1], "x");
  assertEquals(dots.length, 2);
  assertAlmostEquals(Number(dots[1].attributes.cx), x(7.6), 0.01);
});
