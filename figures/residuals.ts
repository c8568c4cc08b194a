import * as Plot from "@observablehq/plot";
import { panelTitle, powersOfTen, titled, xAxis, yAxis } from "./axis.ts";
import { type Figure, gridFigure } from "./figure.ts";
import { formatCount, formatNumber } from "./text.ts";
import { theme } from "./theme.ts";
import { bin1d } from "./transforms/bin1d.ts";

/** What is left of the displacements of one cluster or type. */
export interface ResidualGroup {
  readonly name: string;
  readonly values: ArrayLike<number>;
  readonly mean: number;
  readonly sd: number;
  readonly skewness: number;
  readonly excessKurtosis: number;
  /** p-value of the Kolmogorov–Smirnov test against the Gaussian of this mean and sd. */
  readonly ksPValue: number;
}

/** Bins over ± `reach` standard deviations. */
const bins = 72;
const reach = 6;

/** Histograms of residuals in units of their standard deviation, on a logarithmic scale, under the Gaussian. */
export function residuals(groups: readonly ResidualGroup[]): Figure {
  const listed = groups.map(({ name, values, sd, skewness, excessKurtosis, ksPValue }) => {
    const moments = `skewness ${formatNumber(skewness, 2)}, excess kurtosis ${formatNumber(excessKurtosis, 2)}`;
    const test = `p = ${formatNumber(ksPValue, 2)} (Kolmogorov–Smirnov)`;
    return `${name}: n = ${formatCount(values.length)}, sd ${formatNumber(sd)}, ${moments}, ${test}`;
  });
  const caption =
    `Residuals in standard deviations; the density is logarithmic so that tails show, where a Gaussian is a ` +
    `parabola (line). ${listed.join("; ")}.`;
  return gridFigure(
    { name: "residuals", title: "How Gaussian are the residuals?", caption },
    groups.map(panel),
    {
      columns: 2,
      key: [{ label: "residuals", colour: theme.neutral }, {
        label: "Gaussian",
        colour: theme.vermilion,
        shape: "line",
      }],
    },
  );
}

function panel({ name, values, mean, sd }: ResidualGroup): Plot.PlotOptions {
  const standard = Float64Array.from(values, (value) => (value - mean) / sd);
  const scale = bins / (2 * reach * values.length);
  const floor = scale / 2;
  const bars = bin1d(standard, [-reach, reach], bins).map((bar) => ({ ...bar, density: bar.count * scale }));
  const curve = Array.from({ length: 241 }, (_, index) => {
    const z = reach * (index / 120 - 1);
    return { z, density: Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) };
  }).filter(({ density }) => density >= floor);
  const domain = [floor, Math.max(0.6, ...bars.map(({ density }) => 1.2 * density))] as const;
  return {
    ...titled,
    height: 260,
    x: xAxis("residual / sd", { domain: [-reach, reach], ticks: 6 }),
    y: yAxis("density", { type: "log", domain, ticks: powersOfTen(domain), tickFormat: "~g", grid: true }),
    marks: [
      Plot.rectY(bars, { x1: "from", x2: "to", y1: floor, y2: "density", fill: theme.neutral }),
      Plot.lineY(curve, { x: "z", y: "density", stroke: theme.vermilion, strokeWidth: 2 }),
      panelTitle(name),
    ],
  };
}
