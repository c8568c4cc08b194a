import * as Plot from "@observablehq/plot";
import { significant } from "../../../analysis/report/number_text.ts";
import type { ScatterFigure } from "../../../analysis/study/sweep/sweep_figures.ts";
import { margins, paddedDomain, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

/** One run. */
export interface ScatterDot {
  /** Its name. */
  readonly point: string;
  readonly x: number;
  readonly y: number;
  /** What tells its colour. */
  readonly series: string;
}

/** A figure with its dots. */
export interface SweepScatter extends ScatterFigure {
  readonly dots: readonly ScatterDot[];
}

/** Two measured quantities of a sweep's runs against each other. */
export const sweepScatter: Chart<SweepScatter> = chart(draw);

function draw({ name, title, x, y, series, diagonal, dots }: SweepScatter): Figure {
  const names = [...new Set(dots.map((dot) => dot.series))];
  const colourOf = (value: string) => theme.series[names.indexOf(value) % theme.series.length];
  const domain = (values: number[], { scale }: ScatterFigure["x"]) =>
    scale === "log" ? paddedDomain(values.map(Math.log), 0.06).map(Math.exp) : paddedDomain(values, 0.06);
  const [across, up] = [domain(dots.map((dot) => dot.x), x), domain(dots.map((dot) => dot.y), y)];
  const ends = [Math.max(across[0], up[0]), Math.min(across[1], up[1])];
  const plot: Plot.PlotOptions = {
    ...margins,
    height: 360,
    x: xAxis(x.label, { type: x.scale, domain: across, ...ticksOf(x) }),
    y: yAxis(y.label, { type: y.scale, domain: up, grid: true, ...ticksOf(y) }),
    marks: [
      ...(diagonal === undefined || ends[0] >= ends[1] ? [] : [
        Plot.line(ends.map((value) => ({ value })), {
          x: "value",
          y: "value",
          stroke: theme.muted,
          strokeDasharray: "5 3",
        }),
      ]),
      Plot.dot(dots, {
        x: "x",
        y: "y",
        r: 4,
        fill: (dot: ScatterDot) => colourOf(dot.series),
        stroke: theme.paper,
        strokeWidth: 0.75,
      }),
    ],
  };
  const caption = `A dot for each of ${dots.length} runs.` +
    (diagonal === undefined ? "" : ` On the dashed line both are equal: ${diagonal}.`);
  const table = {
    columns: ["run", series.label, x.label, y.label],
    rows: dots.map((dot) => [dot.point, dot.series, significant(dot.x), significant(dot.y)]),
  };
  const key = [
    ...names.map((value) => ({ label: `${series.label} = ${value}`, colour: colourOf(value) })),
    ...(diagonal === undefined ? [] : [{ label: diagonal, colour: theme.muted, shape: "dashed" as const }]),
  ];
  return gridFigure({ name, title, caption, tables: [table] }, [plot], { key });
}

/** Few and plain ones on a logarithmic scale. */
function ticksOf({ scale }: ScatterFigure["x"]): Plot.ScaleOptions {
  return scale === "log" ? { ticks: 4, tickFormat: "~g" } : {};
}
