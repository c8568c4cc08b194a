import * as Plot from "@observablehq/plot";
import { greatest } from "d3-array";
import { significant, withError } from "../../../analysis/report/number_text.ts";
import type { SizeTrend } from "../../../analysis/pinning_field/size_trends.ts";
import { paddedDomain, panelTitle, titled, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

/** How quantities change with the number of features at a fixed ratio d/h: a chart of several runs. */
export const finiteSize: Chart<readonly SizeTrend[]> = chart(draw);

function draw(trends: readonly SizeTrend[]): Figure {
  const largest = greatest(trends.flatMap(({ points }) => points), ({ features }) => features)!.features;
  const caption =
    `Quantities against the number of features at one ratio d/h, up to d = ${largest}; bars are standard errors. ` +
    "Crosses are what the sum over overlaps, S Sᵀ S, would have alone; dashed is a Gaussian.";
  const table = {
    columns: ["quantity", "d", "measured", "S Sᵀ S"],
    rows: trends.flatMap(({ quantity, points }) =>
      points.map(({ features, value, error, theory }) => [
        quantity,
        String(features),
        withError(value, error),
        theory === null ? "" : significant(theory),
      ])
    ),
  };
  return gridFigure({ name: "finite-size", title: "Trends with size", caption, tables: [table] }, trends.map(panel), {
    columns: 2,
    key: [
      { label: "measured", colour: theme.blue },
      { label: "sum over overlaps, S Sᵀ S", colour: theme.vermilion, shape: "cross" },
      { label: "Gaussian", colour: theme.muted, shape: "dashed" },
    ],
  });
}

function panel({ quantity, points, gaussian }: SizeTrend): Plot.PlotOptions {
  const sizes = points.map(({ features }) => features).sort((a, b) => a - b);
  const expected = points.filter(({ theory }) => theory !== null);
  const values = [
    ...points.flatMap(({ value, error }) => [value - error, value + error]),
    ...expected.map(({ theory }) => theory!),
    ...(gaussian === null ? [] : [gaussian]),
  ];
  return {
    ...titled,
    height: 250,
    x: xAxis("features d", {
      type: "log",
      domain: [sizes[0] / 1.3, 1.3 * sizes[sizes.length - 1]],
      ticks: points.map(({ features }) => features),
      tickFormat: "d",
    }),
    y: yAxis("", {
      label: null,
      domain: paddedDomain(values, 0.08),
      grid: true,
      ticks: 5,
    }),
    marks: [
      Plot.ruleY(gaussian === null ? [] : [gaussian], {
        stroke: theme.muted,
        strokeDasharray: "5 3",
        strokeWidth: 1.5,
      }),
      Plot.lineY(points, { x: "features", y: "value", stroke: theme.blue, strokeOpacity: 0.5 }),
      Plot.ruleX(points, {
        x: "features",
        y1: ({ value, error }) => value - error,
        y2: ({ value, error }) => value + error,
        stroke: theme.blue,
        strokeWidth: 2,
      }),
      Plot.dot(points, { x: "features", y: "value", r: 4, fill: theme.blue }),
      Plot.dot(expected, {
        x: "features",
        y: "theory",
        symbol: "times",
        r: 6,
        stroke: theme.vermilion,
        strokeWidth: 2,
      }),
      panelTitle(quantity),
    ],
  };
}
