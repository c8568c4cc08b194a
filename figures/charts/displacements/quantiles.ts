import * as Plot from "@observablehq/plot";
import { paddedDomain, panelTitle, titled, xAxis, yAxis } from "../../render/axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import type { ResidualGroup } from "./residuals.ts";
import { wholeNumber } from "../../../analysis/report/numbers.ts";
import { theme } from "../../render/theme.ts";
import { normalQuantiles } from "../../transforms/normal_quantiles.ts";

/** Q–Q plots of displacements, and of what the prediction leaves of them, against the Gaussian. */
export function quantiles(groups: readonly Pick<ResidualGroup, "name" | "values" | "mean" | "sd">[]): Figure {
  const counts = groups.map(({ name, values }) => `${name} n = ${wholeNumber(values.length)}`).join(", ");
  const caption =
    `Quantiles of the displacements against those of a Gaussian with the same mean and standard deviation (dashed: ` +
    `equal), in standard deviations; ${counts}. The band holds 95 % of independent Gaussian draws at each point. An S shape means ` +
    `heavy or light tails, a bow skewness, steps two types.`;
  return gridFigure({ name: "quantiles", title: "Quantiles against the Gaussian", caption }, groups.map(panel), {
    columns: 2,
    key: [
      { label: "weights", colour: theme.blue },
      { label: "95 % band of the Gaussian", colour: theme.neutral },
    ],
  });
}

function panel({ name, values, mean, sd }: Pick<ResidualGroup, "name" | "values" | "mean" | "sd">): Plot.PlotOptions {
  const points = normalQuantiles(values, mean, sd);
  const domain = paddedDomain(points.flatMap(({ expected, observed }) => [expected, observed]));
  return {
    ...titled,
    height: 330,
    x: xAxis("Gaussian quantile", { domain, ticks: 5 }),
    y: yAxis("displacement quantile / sd", { domain, ticks: 5 }),
    marks: [
      Plot.areaY(points, { x: "expected", y1: "low", y2: "high", fill: theme.neutral, fillOpacity: 0.5, clip: true }),
      Plot.link([domain], { x1: "0", y1: "0", x2: "1", y2: "1", stroke: theme.muted, strokeDasharray: "5 3" }),
      Plot.dot(points, { x: "expected", y: "observed", r: 1.5, fill: theme.blue }),
      Plot.frame({ stroke: theme.muted }),
      panelTitle(name),
    ],
  };
}
