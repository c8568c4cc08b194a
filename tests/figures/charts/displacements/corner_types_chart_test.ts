import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { cornerTypes } from "../../../../figures/charts/displacements/corner_types_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, findAll } from "../../svg.ts";

Deno.test("cornerTypes() draws each degree in its own colour, the rare ones on top", () => {
  const figure = cornerTypes({ encoder: [1.5, 1.6, 1.7, 1.5], decoder: [0.3, 0.3, 0.5, 0.2], degree: [2, 2, 1, 2] });
  const root = assertStandalone(renderFigure(figure));
  const clouds = findAll(root, ({ attributes }) => attributes["aria-label"] === "points")
    .flatMap(({ children }) => children.map(({ attributes }) => attributes));
  assertEquals(clouds.map(({ d }) => d.match(/h0/g)?.length), [3, 1]);
  assertEquals(new Set(clouds.map(({ stroke }) => stroke)).size, 2);
  const [x, y] = [placeOn(figure.panels[1], "x"), placeOn(figure.panels[1], "y")];
  const [, px, py] = /^M(\S+) (\S+)h0/.exec(clouds[1].d)!;
  assertAlmostEquals(Number(px), x(1.7), 0.06);
  assertAlmostEquals(Number(py), y(0.5), 0.06);
  assertEquals(figure.tables[0].rows[0], ["degree 1", "1", "1.7", "0.5"]);
});

Deno.test("cornerTypes() joins many degrees and thins many pairs, and says so", () => {
  const count = 50_000;
  const values = (place: (index: number) => number) => Float32Array.from({ length: count }, (_, index) => place(index));
  const figure = cornerTypes({
    encoder: values((index) => 1.5 + index / count),
    decoder: values((index) => 0.3 + (index % 7) / 70),
    degree: values((index) => 1 + index % 40),
  });
  const root = assertStandalone(renderFigure(figure));
  const clouds = findAll(root, ({ attributes }) => attributes["aria-label"] === "points")
    .flatMap(({ children }) => children.map(({ attributes }) => attributes.d.match(/h0/g)!.length));
  assertEquals(clouds.length, 8);
  assertAlmostEquals(clouds.reduce((sum, points) => sum + points, 0), count / 3, 8);
  assertStringIncludes(figure.caption, "(one in 3 is drawn)");
  assertEquals(figure.tables[0].rows[0].slice(0, 2), ["degrees 1–5", "6,250"]);
});
