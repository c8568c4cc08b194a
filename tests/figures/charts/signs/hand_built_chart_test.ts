import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import type { HandBuilt } from "../../../../analysis/baselines/hand_built.ts";
import { handBuilt } from "../../../../figures/charts/signs/hand_built_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, marksOf } from "../../svg.ts";

Deno.test("handBuilt() draws each construction over density, and says how far the best are from the learned network", () => {
  const point = { construction: "random", neuronsPerFeature: 8, amplitude: 1.5, objective: 5.5 } as const;
  const data: HandBuilt = {
    learned: { value: 5, error: 0 },
    scan: [{ ...point, neuronsPerFeature: 4, objective: 6 }, point, { ...point, neuronsPerFeature: 16, objective: 99 }],
    best: [{ ...point, spread: 0.01, draws: 3 }],
    asSparse: null,
    theory: [{ neuronsPerFeature: 4, amplitude: 1.4, objective: 6.5 }, {
      neuronsPerFeature: 16,
      amplitude: 1.4,
      objective: 6,
    }],
  };
  const figure = handBuilt(data);
  const root = assertStandalone(renderFigure(figure));
  const [x, y] = [placeOn(figure.panels[1], "x"), placeOn(figure.panels[1], "y")];
  const dots = marksOf(root, "dot", "circle").filter(({ attributes }) => attributes.r === "3");
  // What is far above the best is left out.
  assertEquals(dots.length, 2);
  assertAlmostEquals(Number(dots[0].attributes.cx), x(4), 0.01);
  assertAlmostEquals(Number(dots[0].attributes.cy), y(6), 0.01);
  assertStringIncludes(figure.caption, "The best iid signs cost 10\u00a0% more than the learned network.");
  assertEquals(figure.tables[0].rows.map(([name]) => name), ["learned", "iid signs, lowest"]);
});
