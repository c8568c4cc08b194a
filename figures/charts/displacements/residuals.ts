import * as Plot from "@observablehq/plot";
import { panelTitle, powersOfTen, titled, xAxis, yAxis } from "../../render/axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { significant, wholeNumber } from "../../../analysis/report/numbers.ts";
import { theme } from "../../render/theme.ts";
import { bin1d } from "../../transforms/bin1d.ts";

/** Displacements of one cluster or type, or what the prediction leaves of them. */
export interface ResidualGroup {
  readonly name: string;
  readonly values: ArrayLike<number>;
  readonly mean: number;
  readonly sd: number;
  readonly skewness: number;
  readonly excessKurtosis: number;
  /** p-value of the Kolmogorov–Smirnov test against the Gaussian of this mean and sd. */
  readonly ksPValue: number;
  /** Standard deviation of the displacements that theory predicts for the same weights, where it does. */
  readonly predictedSd?: number;
}

/** Bins over ± `reach` standard deviations. */
const bins = 72;
const reach = 6;

/**
 * Histograms in units of the standard deviation, on a logarithmic scale, under the Gaussian of that deviation and under the
 * one that theory predicts, which no number of the histogram enters.
 */
export function residuals(groups: readonly ResidualGroup[]): Figure {
  const listed = groups.map(({ name, values, sd, skewness, excessKurtosis, ksPValue }) => {
    const moments = `skewness ${significant(skewness, 2)}, excess kurtosis ${significant(excessKurtosis, 2)}`;
    const test = `p = ${significant(ksPValue, 2)} (Kolmogorov–Smirnov)`;
    return `${name}: n = ${wholeNumber(values.length)}, sd ${significant(sd)}, ${moments}, ${test}`;
  });
  const caption =
    `Displacements from the class centres, and what the prediction leaves of them, in standard deviations; the density is ` +
    `logarithmic so that tails show, where a Gaussian is a parabola. Line: the Gaussian of the same mean and deviation; ` +
    `dashed: the Gaussian of the deviation that the pinning field predicts. ${listed.join("; ")}.`;
  return gridFigure(
    { name: "residuals", title: "How Gaussian are the displacements?", caption },
    groups.map(panel),
    {
      columns: 2,
      key: [
        { label: "weights", colour: theme.neutral },
        { label: "Gaussian of their deviation", colour: theme.vermilion, shape: "line" },
        { label: "of the predicted deviation", colour: theme.blue, shape: "dashed" },
      ],
    },
  );
}

function panel({ name, values, mean, sd, predictedSd }: ResidualGroup): Plot.PlotOptions {
  const standard = Float64Array.from(values, (value) => (value - mean) / sd);
  const scale = bins / (2 * reach * values.length);
  const floor = scale / 2;
  const bars = bin1d(standard, [-reach, reach], bins).map((bar) => ({ ...bar, density: bar.count * scale }));
  const gaussian = (deviation: number) =>
    Array.from({ length: 241 }, (_, index) => {
      const z = reach * (index / 120 - 1);
      return { z, density: Math.exp(-((z / deviation) ** 2) / 2) / (Math.sqrt(2 * Math.PI) * deviation) };
    }).filter(({ density }) => density >= floor);
  const predicted = predictedSd ? gaussian(predictedSd / sd) : [];
  const domain = [floor, Math.max(0.6, ...[...bars, ...predicted].map(({ density }) => 1.2 * density))] as const;
  return {
    ...titled,
    height: 260,
    x: xAxis("displacement / sd", { domain: [-reach, reach], ticks: 6 }),
    y: yAxis("density", { type: "log", domain, ticks: powersOfTen(domain), tickFormat: "~g", grid: true }),
    marks: [
      Plot.rectY(bars, { x1: "from", x2: "to", y1: floor, y2: "density", fill: theme.neutral }),
      Plot.lineY(gaussian(1), { x: "z", y: "density", stroke: theme.vermilion, strokeWidth: 2 }),
      Plot.lineY(predicted, { x: "z", y: "density", stroke: theme.blue, strokeWidth: 2, strokeDasharray: "5 3" }),
      panelTitle(name),
    ],
  };
}
