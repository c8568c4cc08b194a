import * as Plot from "@observablehq/plot";
import { margins, paddedDomain, xAxis, yAxis } from "../../render/axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { significant, withError } from "../../../analysis/report/numbers.ts";
import { theme } from "../../render/theme.ts";

/** Objectives of sign matrices of different densities p, drawn in one way. */
export interface ScanSeries {
  readonly name: string;
  readonly points: readonly {
    /** p, the fraction of nonzeros. */
    readonly density: number;
    readonly objective: number;
    /** Standard error of the objective. */
    readonly error: number;
  }[];
}

/** A density to mark: the learned one, or the one that theory predicts. */
export interface MarkedDensity {
  readonly name: string;
  readonly density: number;
}

/** The objective against the density p of the sign matrix, with the learned and the predicted density marked. */
export function densityScan(series: readonly ScanSeries[], marked: readonly MarkedDensity[]): Figure {
  const points = series.flatMap(({ points }) => points);
  const lowest = series.map(({ name, points }) => {
    const best = points.reduce((a, b) => b.objective < a.objective ? b : a);
    return `${name} ${withError(best.objective, best.error)} at p = ${significant(best.density)}`;
  });
  const densities = points.map(({ density }) => density);
  const middle = Math.sqrt(Math.min(...densities) * Math.max(...densities));
  const labels = marked.map((mark, index) => ({ ...mark, dy: 10 + 16 * index, isRight: mark.density > middle }));
  const plot: Plot.PlotOptions = {
    ...margins,
    height: 340,
    x: xAxis("density p of the nonzeros", { type: "log", ticks: 6, tickFormat: "~g", grid: true }),
    y: yAxis("held-out objective", {
      domain: paddedDomain(points.flatMap(({ objective, error }) => [objective - error, objective + error])),
      grid: true,
    }),
    marks: [
      Plot.ruleX(marked, { x: "density", stroke: theme.muted, strokeDasharray: "5 3" }),
      ...labels.map((label) =>
        Plot.text([label], {
          x: "density",
          text: ({ name, density }) => `${name}, p = ${significant(density)}`,
          frameAnchor: "top",
          textAnchor: label.isRight ? "end" : "start",
          dx: label.isRight ? -6 : 6,
          dy: label.dy,
          stroke: theme.paper,
          strokeWidth: 4,
          fill: theme.muted,
        })
      ),
      ...series.flatMap(({ points }, index) => [
        Plot.lineY(points, { x: "density", y: "objective", stroke: theme.series[index], strokeWidth: 2 }),
        Plot.ruleX(points, {
          x: "density",
          y1: ({ objective, error }) => objective - error,
          y2: ({ objective, error }) => objective + error,
          stroke: theme.series[index],
          strokeWidth: 2,
        }),
        Plot.dot(points, { x: "density", y: "objective", r: 4, fill: theme.series[index] }),
      ]),
    ],
  };
  const dashed = marked.map(({ name, density }) => `${name} p = ${significant(density)}`);
  const caption = `Objective reached with sign matrices of density p; bars are standard errors. Lowest points: ` +
    `${lowest.join("; ")}. Dashed: ${dashed.join(", ")}.`;
  return gridFigure({ name: "density-scan", title: "Which density is best?", caption }, [plot], {
    key: series.map(({ name }, index) => ({ label: name, colour: theme.series[index] })),
  });
}
