import * as Plot from "@observablehq/plot";
import { paddedDomain, panelTitle, titled, xAxis, yAxis } from "../render/render_axis.ts";
import { theme } from "../render/figure_theme.ts";
import { bin2d } from "../transforms/bin2d.ts";
import { density } from "./density_mark.ts";

/** Names of the axes and the height of the plot. */
export interface AgreementLabels {
  readonly x: string;
  readonly y: string;
  /** CSS pixels. */
  readonly height: number;
}

/** Cells along each axis: as many as the frame has pixels to show, fewer where there are few points. */
const cellsFor = (count: number) => Math.max(30, Math.min(150, Math.round(Math.sqrt(count))));

/** Two accounts of the same numbers against each other: the density of the points on equal axes, and the diagonal. */
export function agreement(
  title: string,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  { x, y, height }: AgreementLabels,
): Plot.PlotOptions {
  const domain = paddedDomain(both(xs, ys));
  const cells = cellsFor(xs.length);
  const diagonal = { x1: "0", y1: "0", x2: "1", y2: "1" };
  return {
    ...titled,
    height,
    x: xAxis(x, { domain, ticks: 4 }),
    y: yAxis(y, { domain, ticks: 4 }),
    marks: [
      density(bin2d(xs, ys, { x: domain, y: domain }, cells, cells), 1),
      Plot.link([domain], { ...diagonal, stroke: theme.paper, strokeWidth: 3, strokeOpacity: 0.7 }),
      Plot.link([domain], { ...diagonal, stroke: theme.blue, strokeDasharray: "5 3" }),
      Plot.frame({ stroke: theme.muted }),
      panelTitle(title),
    ],
  };
}

function* both(...lists: ArrayLike<number>[]): Generator<number> {
  for (const list of lists) for (let index = 0; index < list.length; index++) yield list[index];
}
