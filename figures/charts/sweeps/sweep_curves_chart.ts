import * as Plot from "@observablehq/plot";
import { extent } from "d3-array";
import { significant, wholeNumber, withError } from "../../../analysis/report/number_text.ts";
import type { Quantity } from "../../../analysis/study/sweep/sweep_figures.ts";
import { paddedDomain, panelTitle, titled, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import type { SeedMean } from "../../transforms/seed_means.ts";
import { type Chart, chart } from "../chart.ts";

/** One quantity against a setting. */
export interface CurvePanel {
  readonly quantity: Quantity;
  /** What was measured, by the values of the setting and of the series. */
  readonly points: readonly SeedMean<"x" | "series">[];
  /** What theory says of it. */
  readonly theory: readonly SeedMean<"x" | "series">[];
}

/** Quantities of a sweep against one of its settings. */
export interface SweepCurves {
  readonly name: string;
  readonly title: string;
  readonly x: Quantity;
  /** What tells the lines of a panel apart, if anything does. */
  readonly series?: Quantity;
  /** What `theory` is. */
  readonly theoryLabel: string;
  readonly panels: readonly CurvePanel[];
}

/** Lines with error bars over seeds, with theory's curves where there is one. */
export const sweepCurves: Chart<SweepCurves> = chart(draw);

function draw({ name, title, x, series, theoryLabel, panels }: SweepCurves): Figure {
  const values = [...new Set(panels.flatMap(({ points }) => points.map(({ at }) => at.series)))].sort((a, b) => a - b);
  const colourOf = (value: number) => theme.series[values.indexOf(value) % theme.series.length];
  const hasTheory = panels.some(({ theory }) => theory.length > 0);
  const [fewest = 0, most = 0] = extent(panels.flatMap(({ points }) => points.map(({ rows }) => rows)));
  const seeds = fewest === most ? `${most} seeds` : `${fewest} to ${most} seeds (those that have a value)`;
  const caption = `Means over ${seeds} against ${x.label}; bars are standard errors.` +
    (hasTheory ? ` Dashed: ${theoryLabel}, where it has a value.` : "");
  const table = {
    columns: ["quantity", x.label, ...(series === undefined ? [] : [series.label]), "measured", "theory", "seeds"],
    rows: panels.flatMap(({ quantity, points, theory }) =>
      points.map(({ at, value, error, rows }) => {
        const predicted = theory.find((point) => point.at.x === at.x && point.at.series === at.series);
        return [
          quantity.label,
          significant(at.x),
          ...(series === undefined ? [] : [significant(at.series)]),
          withError(value, error),
          predicted === undefined ? "" : significant(predicted.value),
          wholeNumber(rows),
        ];
      })
    ),
  };
  const key = [
    ...(series === undefined ? [] : values.map((value) => ({
      label: `${series.label} = ${significant(value)}`,
      colour: colourOf(value),
    }))),
    ...(hasTheory ? [{ label: theoryLabel, colour: theme.muted, shape: "dashed" as const }] : []),
  ];
  return gridFigure({ name, title, caption, tables: [table] }, panels.map((panel) => plotOf(panel, x, colourOf)), {
    columns: panels.length > 1 ? 2 : 1,
    key,
  });
}

function plotOf(
  { quantity, points, theory }: CurvePanel,
  x: Quantity,
  colourOf: (value: number) => string,
): Plot.PlotOptions {
  const isLog = quantity.scale === "log";
  const reach = (point: SeedMean<"x" | "series">) => Number.isFinite(point.error) ? point.error : 0;
  const bars = points.filter((point) => reach(point) > 0 && (!isLog || point.value > reach(point)));
  const shown = [
    ...points.map(({ value }) => value),
    ...bars.flatMap((point) => [point.value - point.error, point.value + point.error]),
    ...theory.map(({ value }) => value),
  ].filter((value) => !isLog || value > 0);
  const bySeries = (list: readonly SeedMean<"x" | "series">[]) =>
    [...Map.groupBy(list, ({ at }) => at.series)].map(([value, group]) => ({
      colour: colourOf(value),
      points: group.toSorted((a, b) => a.at.x - b.at.x),
    }));
  const logDomain = () => paddedDomain(shown.map(Math.log), 0.06).map(Math.exp);
  const places = [...new Set(points.map(({ at }) => at.x))].sort((a, b) => a - b);
  return {
    ...titled,
    height: 250,
    x: xAxis(x.label, {
      type: x.scale,
      ticks: places.length <= 8 ? places : 6,
      tickFormat: (value: number) => significant(value),
    }),
    y: yAxis("", {
      label: null,
      type: quantity.scale,
      domain: isLog ? logDomain() : paddedDomain(shown, 0.06),
      grid: true,
      ticks: 5,
      tickFormat: (value: number) => significant(value, 2),
    }),
    marks: [
      ...bySeries(theory).map(({ colour, points }) =>
        Plot.lineY(withGaps(points, places), {
          x: ({ at }) => at.x,
          y: "value",
          stroke: colour,
          strokeDasharray: "5 3",
          strokeWidth: 1.5,
        })
      ),
      ...bySeries(points).map(({ colour, points }) =>
        Plot.lineY(withGaps(points, places), { x: ({ at }) => at.x, y: "value", stroke: colour, strokeOpacity: 0.5 })
      ),
      ...bySeries(bars).map(({ colour, points }) =>
        Plot.ruleX(points, {
          x: ({ at }) => at.x,
          y1: ({ value, error }) => value - error,
          y2: ({ value, error }) => value + error,
          stroke: colour,
          strokeWidth: 2,
        })
      ),
      ...bySeries(points).map(({ colour, points }) =>
        Plot.dot(points, { x: ({ at }) => at.x, y: "value", r: 3.5, fill: colour })
      ),
      panelTitle(quantity.label),
    ],
  };
}

/** The points of a line with nothing where others have a point and it has none, so that it is interrupted there. */
function withGaps(points: readonly SeedMean<"x" | "series">[], places: readonly number[]): SeedMean<"x" | "series">[] {
  const [{ at: { series } }] = points;
  return places.map((x) =>
    points.find(({ at }) => at.x === x) ?? { at: { x, series }, value: NaN, error: NaN, rows: 0 }
  );
}
