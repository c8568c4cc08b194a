import * as Plot from "@observablehq/plot";
import { extent, range } from "d3-array";
import type { FeatureTypesData, GroupMeasurement } from "../../../analysis/feature_types/feature_types.ts";
import { significant, withError } from "../../../analysis/report/number_text.ts";
import type { SignMatrix } from "../../../analysis/signs/sign_matrix.ts";
import type { Weights } from "../../../models/network/network_weights.ts";
import { points } from "../../marks/points_mark.ts";
import { paddedDomain, panelTitle, titled, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

/** Groups of features, and the weights that they were measured on. */
export interface TypedWeights {
  /** What was measured. */
  readonly types: FeatureTypesData;
  /** All pairs. */
  readonly weights: Weights;
  /** S. */
  readonly signs: Pick<SignMatrix, "entries">;
}

/** Neurons per feature by type beside the theory of the shares, and the weight pairs coloured by type. */
export const featureTypes: Chart<TypedWeights> = chart(
  draw,
  ({ analysis: { featureTypes }, weights, signs }) =>
    featureTypes ? { types: featureTypes, weights, signs } : undefined,
);

/** About so many pairs of the centre are shown, at equal distances in the matrix: they lie on one another. */
const shownCentre = 3000;

const quantities = {
  importance: "importance",
  chance: "chance to be on",
  amplitude: "amplitude",
  noiseVariance: "noise variance σ²",
} as const;

/** The one quantity that differs from group to group; undefined where there are several. */
function varied(groups: readonly GroupMeasurement[]): keyof typeof quantities | undefined {
  const keys = Object.keys(quantities) as (keyof typeof quantities)[];
  const differing = keys.filter((key) => groups.some((group) => Math.abs(group[key] / groups[0][key] - 1) > 1e-9));
  return differing.length === 1 && groups.every((group) => group[differing[0]] > 0) ? differing[0] : undefined;
}

function draw({ types, weights, signs }: TypedWeights): Figure {
  const { groups, theory } = types;
  const total = groups.reduce((sum, { features }) => sum + features, 0);
  const mean = groups.reduce((sum, { features, neuronsPerFeature }) => sum + features * neuronsPerFeature.value, 0) /
    total;
  const colours = groups.map((_, index) => theme.series[index % theme.series.length]);
  const caption =
    "Neurons per feature of each group, with standard errors over features, and the weight pairs coloured by the group of " +
    `the feature. ${
      theory === null
        ? "Dashed is the mean over all features, which shuffled labels give every group."
        : "Crosses are the cheapest shares of the mean-field theory, which is told the number of neurons of all " +
          `features, ${significant(mean)} on average (dashed), and nothing else.`
    }`;
  const table = {
    columns: ["group", "features", "neurons per feature", "theory", "encoder c", "theory"],
    rows: groups.map(({ name, features, neuronsPerFeature, encoder, predicted }) => [
      name,
      String(features),
      withError(neuronsPerFeature.value, neuronsPerFeature.error),
      predicted === null ? "" : significant(predicted.degree),
      encoder === null ? "" : significant(encoder.mean),
      predicted === null ? "" : significant(predicted.weight),
    ]),
  };
  return gridFigure(
    { name: "feature-types", title: "Features of several types", caption, tables: [table] },
    [degreePlot(groups, mean, colours), pairPlot(groups, weights, signs, colours)],
    {
      columns: 2,
      key: [
        ...groups.map(({ name }, index) => ({ label: name, colour: colours[index] })),
        ...(theory === null ? [] : [{ label: "theory", colour: theme.ink, shape: "cross" as const }]),
        { label: "mean of all features", colour: theme.muted, shape: "dashed" as const },
      ],
    },
  );
}

function degreePlot(groups: readonly GroupMeasurement[], mean: number, colours: readonly string[]): Plot.PlotOptions {
  const key = varied(groups);
  const places = groups.map((group) => key === undefined ? group.name : group[key]);
  const [low, high] = extent(places.filter((place) => typeof place === "number")) as [number, number];
  const predicted = groups.flatMap(({ predicted }, index) => predicted === null ? [] : [{ index, ...predicted }]);
  const bars = groups.map(({ neuronsPerFeature: { value, error } }, index) => {
    const half = Number.isNaN(error) ? 0 : error;
    return { index, value, low: value - half, high: value + half };
  });
  const highest = Math.max(...bars.map(({ high }) => high), ...predicted.map(({ degree }) => degree));
  const at = ({ index }: { readonly index: number }) => places[index];
  return {
    ...titled,
    height: 380,
    x: key === undefined
      ? xAxis("", { type: "point", domain: places, label: null, padding: 0.6 })
      : xAxis(quantities[key], { type: "log", domain: [low / 1.3, 1.3 * high], ...ticksOf(places as number[]) }),
    y: yAxis("neurons per feature", { domain: [0, paddedDomain([0, highest], 0.1)[1]], grid: true, ticks: 5 }),
    marks: [
      Plot.ruleY([mean], { stroke: theme.muted, strokeDasharray: "5 3", strokeWidth: 1.5 }),
      ...(key === undefined
        ? []
        : [Plot.lineY(predicted, { x: at, y: "degree", stroke: theme.ink, strokeOpacity: 0.5 })]),
      Plot.ruleX(bars, { x: at, y1: "low", y2: "high", stroke: ({ index }) => colours[index], strokeWidth: 2 }),
      Plot.dot(bars, { x: at, y: "value", r: 5, fill: ({ index }) => colours[index] }),
      Plot.dot(predicted, { x: at, y: "degree", symbol: "times", r: 6, stroke: theme.ink, strokeWidth: 2 }),
      panelTitle("Neurons per feature"),
    ],
  };
}

/** The values themselves where they are few, or those that a logarithmic scale has. */
function ticksOf(values: readonly number[]): Plot.ScaleOptions {
  return values.length <= 3 ? { ticks: [...new Set(values)], tickFormat: "~g" } : { ticks: 4, tickFormat: "~g" };
}

function pairPlot(
  groups: readonly GroupMeasurement[],
  { hidden, encoder, decoder }: Weights,
  { entries }: Pick<SignMatrix, "entries">,
  colours: readonly string[],
): Plot.PlotOptions {
  const centre = range(entries.length).filter((pair) => entries[pair] === 0);
  const every = Math.max(1, Math.floor(centre.length / shownCentre));
  const shown = centre.filter((_, index) => index % every === 0);
  const layers = groups.map(({ first, features }, index) => ({
    indices: range(first * hidden, (first + features) * hidden).filter((pair) => entries[pair] !== 0),
    colour: colours[index],
  }));
  return {
    ...titled,
    height: 380,
    x: xAxis("encoder weight E[j, i]", { domain: paddedDomain(encoder), ticks: 5 }),
    y: yAxis("decoder weight D[i, j]", { domain: paddedDomain(decoder), ticks: 5 }),
    marks: [
      points(encoder, decoder, [{ indices: shown, colour: theme.neutral }], 0.8),
      // The groups with the most pairs below the others.
      points(encoder, decoder, layers.toSorted((a, b) => b.indices.length - a.indices.length), 1.4),
      panelTitle("Weight pairs"),
    ],
  };
}
