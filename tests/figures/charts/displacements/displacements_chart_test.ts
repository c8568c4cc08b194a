import { assertEquals, assertStringIncludes } from "@std/assert";
import { displacements } from "../../../../figures/charts/displacements/displacements_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { assertStandalone, findAll } from "../../svg.ts";

Deno.test("displacements() draws one panel of equal axes a cluster, all points counted", () => {
  const predicted = Float32Array.of(-1, 0, 0.5, 1);
  const learned = Float32Array.of(-0.5, 0, 0.4, 2);
  const panel = (title: string) => ({ title, of: 400, predicted, learned, correlation: 0.9, r2: 0.8 });
  const figure = displacements([panel("Encoder, centre"), panel("Decoder, centre")]);
  const root = assertStandalone(renderFigure(figure));
  const densities = findAll(root, ({ attributes }) => attributes["aria-label"] === "density");
  assertEquals(densities.length, 2);
  for (const density of densities) assertEquals(density.children[0].attributes.d.match(/M/g)?.length, 4);
  for (const { options } of figure.panels) assertEquals(options.x?.domain, options.y?.domain);
  assertStringIncludes(figure.caption, "encoder, centre: R² = 0.8");
  assertEquals(figure.tables[0].rows[0], ["Encoder, centre", "4", "400", "0.9", "0.8"]);
});
