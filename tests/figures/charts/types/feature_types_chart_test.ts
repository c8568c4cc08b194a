import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { featureTypes, type TypedWeights } from "../../../../figures/charts/types/feature_types_chart.ts";
import { renderFigure } from "../../../../figures/render/render.ts";
import { theme } from "../../../../figures/render/figure_theme.ts";
import { placeOn } from "../../scales.ts";
import { assertStandalone, marksOf } from "../../svg.ts";

/** Two features on two neurons: the first on both, the second on one. */
const weights = {
  features: 2,
  hidden: 2,
  encoder: Float32Array.of(1.5, -1.4, 0.01, 1.7),
  decoder: Float32Array.of(0.3, -0.2, 0, 0.4),
};
const signs = { entries: Int8Array.of(1, -1, 0, 1) };

const group = (index: number, change: object = {}) => ({
  name: `type ${index + 1}`,
  type: index,
  first: index,
  features: 1,
  chance: 0.5,
  importance: 1,
  amplitude: 1,
  noiseVariance: 0.005,
  neuronsPerFeature: { value: 2 - index, error: 0.25 },
  encoder: { mean: 1.5, spread: 0.1 },
  decoder: null,
  missed: { value: 0.1, error: 0.01 },
  predicted: { degree: 1.8 - 0.6 * index, weight: 1.6 },
  ...change,
});

function typed(change: object, second: object = {}): TypedWeights {
  const betweenGroups = { observed: 1, nullMean: 0.5, nullSd: 0.1, z: 5, p: 0.01 };
  const types = {
    groups: [group(0, change), group(1, second)],
    betweenGroups,
    cornerScales: 1,
    scaleBelowThreshold: null,
    theory: { cheapest: 7, measured: 7, equal: 8 },
    blocks: null,
  };
  return { types, weights, signs };
}

Deno.test("featureTypes() sets degrees against what differs between the groups, and colours pairs by group", () => {
  const figure = featureTypes(typed({ importance: 4 }));
  const root = assertStandalone(renderFigure(figure));
  const [, degrees] = figure.panels;
  assertEquals([degrees.options.x?.type, degrees.options.x?.label], ["log", "importance"]);
  const dots = marksOf(root, "dot", "circle").filter(({ attributes }) => attributes.r === "5" && "fill" in attributes);
  const [x, y] = [placeOn(degrees, "x"), placeOn(degrees, "y")];
  const first = dots.find(({ attributes }) =>
    Math.abs(Number(attributes.cx) - x(4)) < 0.01 && attributes.fill === theme.blue
  )!;
  assertAlmostEquals(Number(first.attributes.cy), y(2), 0.01);
  const points = marksOf(root, "points", "path").map(({ attributes }) => [
    attributes.stroke,
    attributes.d.match(/M/g)!.length,
  ]);
  assertEquals(points, [[theme.neutral, 1], [theme.blue, 2], [theme.vermilion, 1]]);
  assertStringIncludes(figure.caption, "1.5 on average");
  assertEquals(figure.tables[0].rows[0], ["type 1", "1", "2.00 ± 0.25", "1.8", "1.5", "1.6"]);
});

Deno.test("featureTypes() names the groups where several quantities differ, and leaves out a theory that does not hold", () => {
  const { types, ...rest } = typed({ importance: 4, chance: 0.7 });
  const silent = types.groups.map((group) => ({ ...group, predicted: null }));
  const figure = featureTypes({ ...rest, types: { ...types, groups: silent, theory: null } });
  assertStandalone(renderFigure(figure));
  assertEquals(figure.panels[1].options.x?.domain, ["type 1", "type 2"]);
  assertEquals(figure.tables[0].rows[1][3], "");
  assertEquals(renderFigure(figure).includes(">theory<"), false);
});
