import * as Plot from "@observablehq/plot";
import { significant, wholeNumber } from "../../../analysis/report/number_text.ts";
import { paddedDomain, panelTitle, titled, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { normalQuantiles } from "../../transforms/normal_quantiles.ts";
import { type Chart, chart } from "../chart.ts";
import { type ResidualGroup, residualGroups } from "./residual_groups_chart.ts";

/** A sample with its mean and its spread. */
export type Sample = Pick<ResidualGroup, "name" | "values" | "mean" | "sd">;

/** Q–Q plots of displacements, and of what the prediction leaves of them, against the Gaussian. */
export const quantiles: Chart<readonly Sample[]> = chart(draw, residualGroups);

function draw(groups: readonly Sample[]): Figure {
  const caption = "Quantiles of the displacements, in spreads, against those of the Gaussian of the same mean and " +
    "spread, which are the dashed line; the band holds 95 % of independent Gaussian draws at each point. An S shape " +
    "means heavy or light tails, a bow skewness, steps two types.";
  const table = {
    columns: ["displacements", "weights", "spread"],
    rows: groups.map(({ name, values, sd }) => [
      name,
      wholeNumber(values.length),
      significant(sd),
    ]),
  };
  return gridFigure(
    { name: "quantiles", title: "Quantiles against the Gaussian", caption, tables: [table] },
    groups.map(panel),
    {
      columns: 2,
      key: [
        { label: "weights", colour: theme.blue },
        { label: "95 % band of the Gaussian", colour: theme.neutral },
      ],
    },
  );
}

function panel({ name, values, mean, sd }: Sample): Plot.PlotOptions {
  const points = normalQuantiles(values, mean, sd);
  const domain = paddedDomain(points.flatMap(({ expected, observed }) => [expected, observed]));
  return {
    ...titled,
    height: 330,
    x: xAxis("Gaussian quantile", { domain, ticks: 5 }),
    y: yAxis("displacement quantile / spread", { domain, ticks: 5 }),
    marks: [
      Plot.areaY(points, { x: "expected", y1: "low", y2: "high", fill: theme.neutral, fillOpacity: 0.5, clip: true }),
      Plot.link([domain], { x1: "0", y1: "0", x2: "1", y2: "1", stroke: theme.muted, strokeDasharray: "5 3" }),
      Plot.dot(points, { x: "expected", y: "observed", r: 1.5, fill: theme.blue }),
      Plot.frame({ stroke: theme.muted }),
      panelTitle(name),
    ],
  };
}
