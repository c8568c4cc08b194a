import * as Plot from "@observablehq/plot";
import { greatest, max } from "d3-array";
import { significant, wholeNumber } from "../../../analysis/report/number_text.ts";
import { panelTitle, powersOfTen, titled, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { bin1d } from "../../transforms/bin1d.ts";
import { type Chart, chart } from "../chart.ts";
import { type ResidualGroup, residualGroups } from "./residual_groups_chart.ts";

/** Bins over ± `reach` spreads. */
const bins = 72;
const reach = 6;

/**
 * Histograms in units of the spread, on a logarithmic scale, under the Gaussian of that spread and under the one that
 * theory predicts, which no number of the histogram enters.
 */
export const residuals: Chart<readonly ResidualGroup[]> = chart(draw, residualGroups);

function draw(groups: readonly ResidualGroup[]): Figure {
  const farthest = greatest(groups, ({ excessKurtosis }) => Math.abs(excessKurtosis));
  const strongest = farthest === undefined
    ? ""
    : `, strongest in ${farthest.name}: excess kurtosis ${significant(farthest.excessKurtosis, 2)}`;
  const caption = "Displacements from the class centres, and what the prediction leaves of them, in spreads: on this " +
    "logarithmic scale a Gaussian is a parabola. Bars beside the solid curve, the Gaussian of the same spread, are " +
    `another shape${strongest}; the dashed curve has the spread that the pinning field predicts.`;
  const table = {
    columns: ["displacements", "weights", "spread", "skewness", "excess kurtosis", "p (Kolmogorov–Smirnov)"],
    rows: groups.map(({ name, values, sd, skewness, excessKurtosis, ksPValue }) => [
      name,
      wholeNumber(values.length),
      significant(sd),
      significant(skewness, 2),
      significant(excessKurtosis, 2),
      significant(ksPValue, 2),
    ]),
  };
  return gridFigure(
    { name: "residuals", title: "How Gaussian are the displacements?", caption, tables: [table] },
    groups.map(panel),
    {
      columns: 2,
      key: [
        { label: "weights", colour: theme.neutral },
        { label: "Gaussian of their spread", colour: theme.vermilion, shape: "line" },
        { label: "of the predicted spread", colour: theme.blue, shape: "dashed" },
      ],
    },
  );
}

function panel({ name, values, mean, sd, predictedSpread }: ResidualGroup): Plot.PlotOptions {
  const standard = Float64Array.from(values, (value) => (value - mean) / sd);
  const scale = bins / (2 * reach * values.length);
  const floor = scale / 2;
  const bars = bin1d(standard, [-reach, reach], bins).map((bar) => ({ ...bar, density: bar.count * scale }));
  const gaussian = (spread: number) =>
    Array.from({ length: 241 }, (_, index) => {
      const z = reach * (index / 120 - 1);
      return { z, density: Math.exp(-((z / spread) ** 2) / 2) / (Math.sqrt(2 * Math.PI) * spread) };
    }).filter(({ density }) => density >= floor);
  const predicted = predictedSpread ? gaussian(predictedSpread / sd) : [];
  const domain = [floor, 1.2 * max([0.5, ...[...bars, ...predicted].map(({ density }) => density)])!] as const;
  return {
    ...titled,
    height: 260,
    x: xAxis("displacement / spread", { domain: [-reach, reach], ticks: 6 }),
    y: yAxis("density", { type: "log", domain, ticks: powersOfTen(domain), tickFormat: "~g", grid: true }),
    marks: [
      Plot.rectY(bars, { x1: "from", x2: "to", y1: floor, y2: "density", fill: theme.neutral }),
      Plot.lineY(gaussian(1), { x: "z", y: "density", stroke: theme.vermilion, strokeWidth: 2 }),
      Plot.lineY(predicted, { x: "z", y: "density", stroke: theme.blue, strokeWidth: 2, strokeDasharray: "5 3" }),
      panelTitle(name),
    ],
  };
}
