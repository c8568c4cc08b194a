import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import type { GroundState, SignCandidate } from "../../../../analysis/ground_state/ground_state.ts";
import { groundState } from "../../../../figures/charts/signs/ground_state_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, marksOf } from "../../svg.ts";

Deno.test("groundState() draws each S rigid and relaxed, and says which is lowest", () => {
  const candidate = (kind: SignCandidate["kind"], energy: number, relaxed: number) => ({
    kind,
    searched: false,
    amplitude: 1.6,
    energy,
    relaxed: { value: relaxed, error: 0 },
    changedShare: 0,
    neuronsPerFeature: 8,
    statistics: { fourCycles: 12, frustration: 0.5 },
  });
  const data = {
    learned: { value: 7.2, error: 0 },
    candidates: [candidate("learned", 7.5, 7.25), candidate("hadamard", 6.9, 6.84)],
  } as unknown as GroundState;
  const figure = groundState(data);
  const root = assertStandalone(renderFigure(figure));
  const x = placeOn(figure.panels[1], "x");
  const dots = marksOf(root, "dot", "circle").filter(({ attributes }) => attributes.r === "4.5");
  [7.5, 6.9, 7.25, 6.84].forEach((value, index) =>
    assertAlmostEquals(Number(dots[index].attributes.cx), x(value), 0.01)
  );
  assertStringIncludes(figure.caption, "The lowest is Hadamard blocks, 5\u00a0% below it.");
  assertEquals(figure.tables[0].rows.length, 2);
});
