import * as Plot from "@observablehq/plot";
import { extent, greatest, least, ticks } from "d3-array";
import { significant, wholeNumber, withError } from "../../../analysis/report/number_text.ts";
import type { MapFigure, Quantity } from "../../../analysis/study/sweep/sweep_figures.ts";
import { ramp } from "../../marks/ramp_mark.ts";
import { margins, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import type { SeedMean } from "../../transforms/seed_means.ts";
import { type Chart, chart } from "../chart.ts";

/** A quantity over a plane of settings. */
export interface PhaseMap extends Omit<MapFigure, "kind"> {
  /** What was measured at each point of the plane. */
  readonly points: readonly SeedMean<"x" | "y">[];
}

/** A heat map with contours: where in a plane of settings a quantity is large and where small. */
export const phaseMap: Chart<PhaseMap> = chart(draw);

/** The most cells into which their numbers are written. */
const mostNumbers = 100;

function draw({ name, title, x, y, colour, points }: PhaseMap): Figure {
  const [low = 0, high = 1] = extent(points, ({ value }) => value);
  const place = scaleOf(colour);
  const [from, to] = [place(low), place(high)];
  const level = (value: number) => {
    const part = to > from ? (place(value) - from) / (to - from) : 0;
    return theme.levels[Math.min(theme.levels.length - 1, Math.floor(part * theme.levels.length))];
  };
  const [xs, ys] = [cells(points.map(({ at }) => at.x), x), cells(points.map(({ at }) => at.y), y)];
  const isPlane = xs.size > 2 && ys.size > 2;
  const lines = isPlane ? contourValues(low, high, colour) : [];
  const map: Plot.PlotOptions = {
    ...margins,
    height: 420,
    x: axis(xAxis, x, xs),
    y: axis(yAxis, y, ys),
    marks: [
      Plot.rect(points, {
        x1: ({ at }) => xs.get(at.x)![0],
        x2: ({ at }) => xs.get(at.x)![1],
        y1: ({ at }) => ys.get(at.y)![0],
        y2: ({ at }) => ys.get(at.y)![1],
        fill: ({ value }) => level(value),
      }),
      ...(lines.length === 0 ? [] : [Plot.contour(points.flatMap((point) => toTheEdge(point, xs, ys)), {
        x: ({ at }) => at.x,
        y: ({ at }) => at.y,
        value: (point: SeedMean<"x" | "y">) => place(point.value),
        thresholds: lines.map(place),
        interpolate: "barycentric",
        stroke: theme.paper,
        strokeWidth: 1.5,
      })]),
      ...(points.length > mostNumbers ? [] : [Plot.text(points, {
        x: ({ at }) => at.x,
        y: ({ at }) => at.y,
        text: ({ value }) => significant(value, 2),
        fill: theme.ink,
        stroke: theme.paper,
        strokeWidth: 3,
      })]),
    ],
  };
  const [smallest, largest] = [least(points, ({ value }) => value), greatest(points, ({ value }) => value)];
  const say = (point?: SeedMean<"x" | "y">) =>
    point === undefined
      ? "nothing"
      : `${withError(point.value, point.error)} at ${significant(point.at.x)}, ${significant(point.at.y)}`;
  const contours = lines.length === 0
    ? ""
    : ` Lines are where it is ${lines.map((line) => significant(line)).join(", ")}.`;
  const gaps = xs.size * ys.size > points.length ? " Where there is no cell, no run has a value." : "";
  const caption = `Means over ${rowsOf(points)} of the ${colour.label}, against ${x.label} and ${y.label}: least ` +
    `${say(smallest)}, most ${say(largest)}.${contours}${gaps}`;
  const table = {
    columns: [x.label, y.label, colour.label, "seeds"],
    rows: points.map(({ at, value, error, rows }) => [
      significant(at.x),
      significant(at.y),
      withError(value, error),
      wholeNumber(rows),
    ]),
  };
  const key = ramp(`${colour.label}: ${significant(low)}`, significant(high));
  return gridFigure({ name, title, caption, tables: [table] }, [key, map]);
}

/** "3 seeds", or "1 to 3 seeds" where some are missing. */
function rowsOf(points: readonly SeedMean<"x" | "y">[]): string {
  const [least = 0, most = 0] = extent(points, ({ rows }) => rows);
  return least === most ? `${most} seeds` : `${least} to ${most} seeds`;
}

const scaleOf = ({ scale }: Quantity) => scale === "log" ? Math.log : (value: number) => value;

/** From where to where the cell of each value goes: half of the way to its neighbours. */
function cells(values: readonly number[], quantity: Quantity): Map<number, [number, number]> {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const place = scaleOf(quantity);
  const back = quantity.scale === "log" ? Math.exp : (value: number) => value;
  const middle = (a: number, b: number) => back((place(a) + place(b)) / 2);
  // The outer cells are as wide as their other half.
  const mirrored = (end: number, inner: number) => back(place(end) - (place(inner) - place(end)) / 2);
  return new Map(sorted.map((value, index) => {
    const [before, after] = [sorted[index - 1], sorted[index + 1]];
    if (before === undefined && after === undefined) return [value, [0.9 * value, 1.1 * value]];
    return [value, [
      before === undefined ? mirrored(value, after) : middle(before, value),
      after === undefined ? mirrored(value, before) : middle(value, after),
    ]];
  }));
}

/** A point, and again where its cell ends at the frame: between these there is nothing that contours would have to guess. */
function toTheEdge(
  point: SeedMean<"x" | "y">,
  xs: ReadonlyMap<number, readonly [number, number]>,
  ys: ReadonlyMap<number, readonly [number, number]>,
): SeedMean<"x" | "y">[] {
  const places = (cells: typeof xs, value: number) => {
    const values = [...cells.keys()];
    const [low, high] = cells.get(value)!;
    return [value, ...(value === values[0] ? [low] : []), ...(value === values.at(-1) ? [high] : [])];
  };
  return places(xs, point.at.x).flatMap((x) => places(ys, point.at.y).map((y) => ({ ...point, at: { x, y } })));
}

function axis(
  make: typeof xAxis,
  { label, scale }: Quantity,
  cells: ReadonlyMap<number, readonly [number, number]>,
): Plot.ScaleOptions {
  const domain = extent([...cells.values()].flat()) as [number, number];
  return make(label, {
    type: scale,
    domain,
    ticks: [...cells.keys()],
    tickFormat: (value: number) => significant(value),
  });
}

/** Round values between two, for contours. */
function contourValues(low: number, high: number, { scale }: Quantity): number[] {
  if (scale === "linear") return ticks(low, high, 5).filter((value) => value > low && value < high);
  const decades = ticks(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)), 20).filter(Number.isInteger);
  return decades.flatMap((decade) => [1, 2, 5].map((digit) => digit * 10 ** decade))
    .filter((value) => value > low && value < high);
}
