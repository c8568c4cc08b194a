import { assertEquals, assertStringIncludes } from "@std/assert";
import { signMatrix } from "../../../../analysis/signs/sign_matrix.ts";
import { components } from "../../../../figures/charts/signs/components_chart.ts";
import type { Material } from "../../../../figures/render/figure_material.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { theme } from "../../../../figures/render/figure_theme.ts";
import { assertStandalone, marksOf } from "../../svg.ts";

Deno.test("components() draws every nonzero in its block, and nothing of an S in one piece", () => {
  // A feature on a neuron of its own, and a Hadamard matrix of order two.
  const signs = signMatrix(3, 3, Int8Array.of(0, 0, -1, 1, 1, 0, 1, -1, 0));
  const figure = components(signs);
  const rectangles = marksOf(assertStandalone(renderFigure(figure)), "rect", "rect");
  const ofColour = (colour: string) => rectangles.filter(({ attributes }) => attributes.fill === colour).length;
  assertEquals([ofColour(theme.blue), ofColour(theme.vermilion)], [3, 2]);
  assertStringIncludes(figure.caption, "the order of its 2 components");
  assertStringIncludes(
    figure.caption,
    "In those of as many neurons as features are 100\u00a0% of the features; 1 of two",
  );
  assertEquals(figure.tables[0].rows, [["2 × 2", "1", "1"], ["1 × 1", "1", "1"]]);
  const whole = { signs: signMatrix(2, 2, Int8Array.of(1, 1, 1, -1)) } as Material;
  assertEquals(components.ofRun(whole), undefined);
  assertEquals(
    components.ofRun({ signs: signMatrix(3, 3, Int8Array.of(0, 0, 1, 0, 1, 0, 1, 0, 0)) } as Material)?.name,
    "components",
  );
});
