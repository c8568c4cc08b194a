/** The figures that a sweep's file asks for, drawn from its table. */
import type { Sweep } from "../../../analysis/study/sweep/sweep.ts";
import type {
  CurvesFigure,
  MapFigure,
  ScatterFigure,
  SweepFigure,
} from "../../../analysis/study/sweep/sweep_figures.ts";
import { requireColumns, type Table, valueOf } from "../../../analysis/study/sweep/sweep_table.ts";
import type { Figure } from "../../render/figure.ts";
import { seedMeans } from "../../transforms/seed_means.ts";
import { phaseMap } from "./phase_map_chart.ts";
import { sweepCurves } from "./sweep_curves_chart.ts";
import { sweepScatter } from "./sweep_scatter_chart.ts";

/**
 * Draws the figures of a sweep; one whose quantities have no value anywhere yet is left out.
 *
 * @throws {UsageError} if a figure names a column that the table does not have
 */
export function sweepFigures({ figures }: Sweep, table: Table): Figure[] {
  if (table.rows.every(({ status }) => status !== "done")) return [];
  return figures.flatMap((figure) => figureOf(figure, table) ?? []);
}

function figureOf(figure: SweepFigure, table: Table): Figure | undefined {
  if (figure.kind === "map") return mapOf(figure, table);
  return figure.kind === "curves" ? curvesOf(figure, table) : scatterOf(figure, table);
}

function scatterOf(figure: ScatterFigure, table: Table): Figure | undefined {
  const { x, y, series } = figure;
  requireColumns(table, [x.of, y.of, series.of]);
  const dots = table.rows
    .map((row) => ({
      point: String(row.point),
      x: valueOf(row, x.of),
      y: valueOf(row, y.of),
      series: String(row[series.of]),
    }))
    .filter((dot) => Number.isFinite(dot.x) && Number.isFinite(dot.y));
  return dots.length === 0 ? undefined : sweepScatter({ ...figure, dots });
}

function mapOf(figure: MapFigure, table: Table): Figure | undefined {
  const { x, y, colour } = figure;
  requireColumns(table, [x.of, y.of, colour.of]);
  const points = seedMeans(table, colour.of, { x: x.of, y: y.of });
  return points.length === 0 ? undefined : phaseMap({ ...figure, points });
}

function curvesOf(figure: CurvesFigure, table: Table): Figure | undefined {
  const { x, y, series } = figure;
  requireColumns(table, [x.of, ...y.map(({ of }) => of), ...(series === undefined ? [] : [series.of])]);
  // Without a series all points are of one line.
  const coordinates = { x: x.of, series: series?.of ?? x.of };
  const means = (quantity: string) =>
    seedMeans(table, quantity, coordinates).map((point) =>
      series === undefined ? { ...point, at: { ...point.at, series: 0 } } : point
    );
  const panels = y.map(({ theory, ...quantity }) => ({
    quantity,
    points: means(quantity.of),
    theory: theory === undefined ? [] : means(theory),
  })).filter(({ points }) => points.length > 0);
  return panels.length === 0 ? undefined : sweepCurves({ ...figure, panels });
}
