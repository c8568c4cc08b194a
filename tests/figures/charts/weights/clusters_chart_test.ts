import { assertAlmostEquals, assertEquals } from "@std/assert";
import { clusters } from "../../../../figures/charts/weights/clusters_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { theme } from "../../../../figures/render/figure_theme.ts";
import { plantedWeights } from "../../planted.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, findAll } from "../../svg.ts";

Deno.test("clusters() draws a cross of two spreads at every centre", () => {
  const shapes = [-1, 0, 1].map((sign) => ({
    encoder: 1.6 * sign,
    decoder: 0.35 * sign,
    share: sign === 0 ? 0.98 : 0.01,
    spread: 0.05,
    decoderSpread: 0.015,
  }));
  const figure = clusters({ weights: plantedWeights({ features: 128, hidden: 64 }), centres: shapes });
  const root = assertStandalone(renderFigure(figure));
  const [x, y] = [placeOn(figure.panels[0], "x"), placeOn(figure.panels[0], "y")];
  const blue = findAll(root, ({ attributes }) => attributes.stroke === theme.blue && "aria-label" in attributes);
  const bars = blue.flatMap((group) => findAll(group, ({ name }) => name === "line")).map(({ attributes }) =>
    attributes
  );
  assertEquals(bars.length, 6);
  assertEquals(figure.tables[0].rows[2], ["3", "1.600 ± 0.050", "0.350 ± 0.015", "1\u00a0%", "82"]);
  shapes.forEach(({ encoder, decoder }, index) => {
    assertAlmostEquals(Number(bars[index].x1), x(encoder - 0.1), 0.01);
    assertAlmostEquals(Number(bars[index].x2), x(encoder + 0.1), 0.01);
    assertAlmostEquals(Number(bars[3 + index].y1), y(decoder - 0.03), 0.01);
    assertAlmostEquals(Number(bars[3 + index].y2), y(decoder + 0.03), 0.01);
  });
});
