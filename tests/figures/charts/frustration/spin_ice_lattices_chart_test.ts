import { assertEquals } from "@std/assert";
import { annealSpins, groundStates } from "../../../../analysis/frustration/ising.ts";
import { signMatrix } from "../../../../analysis/signs/sign_matrix.ts";
import { isingLattices } from "../../../../figures/charts/frustration/spin_ice_lattices_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { theme } from "../../../../figures/render/figure_theme.ts";
import { plantedWeights } from "../../planted.ts";
import { assertStandalone, findAll, marksOf } from "../../svg.ts";

Deno.test("isingLattices() draws every spin, every bond within the frame, and the nonzeros of S", () => {
  const models = ["antiferromagnet", "triangularAntiferromagnet"] as const;
  const lattices = models.map((model) => ({ annealed: annealSpins(model, 6, 1), enumerated: groundStates(model, 3) }));
  const planted = plantedWeights({ features: 20, hidden: 10, density: 0.3 });
  const signs = signMatrix(planted.features, planted.hidden, planted.signs);
  const figure = isingLattices({ lattices, signs });
  const root = assertStandalone(renderFigure(figure));
  assertEquals(marksOf(root, "dot", "circle").filter(({ attributes }) => attributes.r === "6").length, 2 * 36);
  assertEquals(marksOf(root, "rect", "rect").length, signs.edges);
  const frustrated = findAll(
    root,
    ({ attributes }) => attributes.stroke === theme.vermilion && attributes["aria-label"] === "link",
  );
  // None in the antiferromagnet (an empty mark is not drawn); in the other at least one in each of the triangles.
  assertEquals(frustrated.length, 1);
  assertEquals(figure.tables[0].rows[1], ["Triangular antiferromagnet", "6 × 6", "−1", "3 × 3", "−1", "42"]);
});
