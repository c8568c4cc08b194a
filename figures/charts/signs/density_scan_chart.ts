import * as Plot from "@observablehq/plot";
import { extent, least } from "d3-array";
import { significant, withError } from "../../../analysis/report/number_text.ts";
import { margins, paddedDomain, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import type { Material } from "../../render/figure_material.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

/** Objectives of sign matrices of different densities p, drawn in one way. */
export interface ScanSeries {
  /** For the key. */
  readonly name: string;
  /** In the order of the line. */
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
  /** For the key. */
  readonly name: string;
  /** p. */
  readonly density: number;
}

/** What is known of the objective at different densities. */
export interface DensityScan {
  /** At least one. */
  readonly series: readonly ScanSeries[];
  /** Densities to mark. */
  readonly marked: readonly MarkedDensity[];
}

/** The objective against the density p of the sign matrix, with the learned and the predicted density marked. */
export const densityScan: Chart<DensityScan> = chart(draw, scanOf);

/** Theory and descents, whichever was measured. */
function scanOf({ analysis: { meanField, basins } }: Material): DensityScan | undefined {
  const series: ScanSeries[] = [];
  const marked: MarkedDensity[] = [];
  if (basins) {
    const points = (stage: "before" | "after") =>
      basins.scan.map((point) => ({ density: point.density, objective: point[stage], error: 0 }));
    series.push({ name: "random S", points: points("before") });
    series.push({ name: "random S after descent", points: points("after") });
    marked.push({ name: "learned", density: basins.density });
  }
  if (meanField) {
    // The theory goes on to densities that nothing was measured at.
    const [lowest = 0, highest = 1] = basins ? extent(basins.scan, ({ density }) => density) : [0, 1];
    const points = meanField.scan
      .filter(({ density }) => density >= 0.7 * lowest && density <= 1.4 * highest)
      .map(({ density, objective }) => ({ density, objective, error: 0 }));
    series.push({ name: "mean-field theory, equal degrees", points });
    if (!basins) marked.push({ name: "learned", density: meanField.trained.density });
    if (meanField.sparse) marked.push({ name: "minimum of the theory", density: meanField.sparse.density });
  }
  return series.length === 0 ? undefined : { series, marked };
}

function draw({ series, marked }: DensityScan): Figure {
  const points = series.flatMap(({ points }) => points);
  const best = series.map(({ name, points }) => ({ name, ...least(points, ({ objective }) => objective)! }));
  const [lowest = 1, highest = 1] = extent(points, ({ density }) => density);
  const middle = Math.sqrt(lowest * highest);
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
    ],
  };
  const winner = least(best, ({ objective }) => objective)!;
  const caption =
    "Objective reached with sign matrices of density p; bars are standard errors, dashed lines the densities " +
    `that training found and theory predicts. Lowest of all is ${withError(winner.objective, winner.error)} at p = ${
      significant(winner.density)
    } (${winner.name}).`;
  const table = {
    columns: ["", "p", "objective"],
    rows: [
      ...best.map(({ name, density, objective, error }) => [
        `${name}, lowest`,
        significant(density),
        withError(objective, error),
      ]),
      ...marked.map(({ name, density }) => [name, significant(density), ""]),
    ],
  };
  return gridFigure({ name: "density-scan", title: "Which density is best?", caption, tables: [table] }, [plot], {
    key: series.map(({ name }, index) => ({ label: name, colour: theme.series[index] })),
  });
}
