import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { weightPairs } from "../../../../figures/charts/weights/weight_pairs_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { theme } from "../../../../figures/render/figure_theme.ts";
import { FailureError } from "../../../../models/errors.ts";
import { plantedWeights } from "../../planted.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, findAll, marksOf, type SvgElement } from "../../svg.ts";

const centres = [
  { encoder: -1.6, decoder: -0.35, share: 0.005, spread: 0.05, sign: -1 },
  { encoder: 0, decoder: 0, share: 0.99, spread: 0.05, sign: 0 },
  { encoder: 1.6, decoder: 0.35, share: 0.005, spread: 0.05, sign: 1 },
] as const;

/** How many points and how many cells a group of marks draws. */
const pointsIn = ({ children }: SvgElement) =>
  children.reduce((sum, { attributes }) => sum + attributes.d.match(/h0/g)!.length, 0);
const cellsIn = (element: SvgElement) =>
  [...element.attributes.d.matchAll(/h(\d+)v1/g)].reduce((sum, [, run]) => sum + Number(run), 0);
const labelled = (root: SvgElement, label: string) =>
  findAll(root, ({ attributes }) => attributes["aria-label"] === label);

Deno.test("weightPairs() draws every pair as a point or in a cell, and rings at the centres", () => {
  const weights = plantedWeights({ features: 64, hidden: 32, density: 0.05 });
  const figure = weightPairs([{ title: "Planted", weights, centres }]);
  const root = assertStandalone(renderFigure(figure));
  // 2048 pairs are few: all are points in the scatter, which is drawn before its insets.
  const [scatter, corner, centre] = labelled(root, "points");
  assertEquals(pointsIn(scatter), 64 * 32);
  const corners = weights.signs.filter((sign) => sign > 0).length;
  assertGreater(pointsIn(corner), 0.98 * corners);
  assert(pointsIn(corner) <= corners);
  assertGreater(pointsIn(centre), 0.98 * weights.signs.filter((sign) => sign === 0).length);

  const panel = figure.panels.find(({ options }) => options.x?.label === "encoder E[j, i]")!;
  const [x, y] = [placeOn(panel, "x"), placeOn(panel, "y")];
  const rings = marksOf(root, "dot", "circle").slice(3, 6); // after their halos
  assertEquals(rings.length, 3);
  rings.forEach(({ attributes }, index) => {
    assertAlmostEquals(Number(attributes.cx), x(centres[index].encoder), 0.01);
    assertAlmostEquals(Number(attributes.cy), y(centres[index].decoder), 0.01);
  });
  const drawn = new Set(scatter.children.flatMap(({ attributes }) => attributes.d.match(/M\S+ \S+h0/g)!));
  const pixel = (value: number) => Math.round(10 * value) / 10;
  weights.encoder.forEach((encoder, pair) => {
    assert(drawn.has(`M${pixel(x(encoder))} ${pixel(y(weights.decoder[pair]))}h0`), `pair ${pair}`);
  });
  assertStringIncludes(figure.caption, "1\u00a0% of the pairs lie in the corners");
  assertEquals(figure.tables[0].rows[0], ["Planted, all", "2,048", "100\u00a0%"]);
  assertEquals(figure.tables[0].rows[3], ["Planted, at (1.60, 0.350)", "10", "0.5\u00a0%"]);
});

Deno.test("weightPairs() draws two panels of 3.1 million pairs on the same scales in 2 MB", () => {
  const [wide, tall] = [
    plantedWeights({ features: 3072, hidden: 1024, density: 0.002 }),
    plantedWeights({ features: 1024, hidden: 3072, density: 0.001, spread: 0.004, seed: 2 }),
  ];
  const figure = weightPairs([{ title: "With", weights: wide, centres }, { title: "Without", weights: tall, centres }]);
  const source = renderFigure(figure);
  assertLess(source.length, 2e6);
  const root = assertStandalone(source);
  const scatters = figure.panels.filter(({ options }) => options.x?.label === "encoder E[j, i]");
  assertEquals(scatters[0].options.x?.domain, scatters[1].options.x?.domain);
  assertEquals(scatters[0].options.y?.domain, scatters[1].options.y?.domain);
  // The lowest level of a density covers all its cells, every higher one fewer.
  const [density] = labelled(root, "density");
  const cells = density.children.map(cellsIn);
  for (let level = 1; level < cells.length; level++) assert(cells[level] <= cells[level - 1]);
  assertEquals(cells.length, theme.levels.length);
});

Deno.test("weightPairs() keeps the cells where single points would be too many", () => {
  const weights = plantedWeights({ features: 512, hidden: 256, density: 1, spread: 0.5 });
  const root = assertStandalone(renderFigure(weightPairs([{ title: "Spread", weights, centres }])));
  const [scatter] = labelled(root, "points");
  const [density] = labelled(root, "density");
  assert(pointsIn(scatter) <= 20_000);
  assertGreater(cellsIn(density.children[0]), 10_000);
});

Deno.test("weightPairs() names a weight that is not finite", () => {
  const weights = plantedWeights({ features: 8, hidden: 4 });
  weights.decoder[3] = NaN;
  assertThrows(() => weightPairs([{ title: "Broken", weights, centres }]), FailureError, "decoder holds NaN");
});

Deno.test("weightPairs() leaves out the insets where no cluster was found", () => {
  const weights = plantedWeights({ features: 8, hidden: 4 });
  const root = assertStandalone(renderFigure(weightPairs([{ title: "None", weights, centres: [] }])));
  assertEquals(labelled(root, "points").length, 1);
});
