/** The two plots of a training movie without what moves in them. */
import * as Plot from "@observablehq/plot";
import { margins, xAxis, yAxis } from "../render/render_axis.ts";
import { theme } from "../render/figure_theme.ts";
import type { MovieFrames } from "./movie_frames.ts";

/** A logged step; the movie shows its objective. */
export interface ObjectiveRecord {
  /** From one. */
  readonly step: number;
  /** A sample. */
  readonly objective: number;
}

/** The plane of weight pairs with nothing in it but `marks`. */
export function pairPlane({ middle, reach }: MovieFrames, height: number, marks: Plot.Markish[]): Plot.PlotOptions {
  return {
    ...margins,
    width: theme.phoneWidth,
    height,
    x: xAxis("encoder E[j, i]", { domain: [middle.x - reach.x, middle.x + reach.x], ticks: 5 }),
    y: yAxis("decoder D[i, j]", { domain: [middle.y - reach.y, middle.y + reach.y], ticks: 5 }),
    marks: [Plot.frame({ stroke: theme.muted }), ...marks],
  };
}

/** The objective against the step, both logarithmic, over the steps of the movie. */
export function objectiveCurve(
  records: readonly ObjectiveRecord[],
  steps: readonly [number, number],
  height: number,
  marks: Plot.Markish[],
): Plot.PlotOptions {
  const shown = records.filter(({ step }) => step >= steps[0] && step <= steps[1]);
  return {
    ...margins,
    width: theme.phoneWidth,
    height,
    x: xAxis("step", { type: "log", domain: steps, tickFormat: "~s", ticks: 5 }),
    y: yAxis("objective a sample", { type: "log", grid: true, ticks: 4, tickFormat: "~g" }),
    marks: [Plot.lineY(shown, { x: "step", y: "objective", stroke: theme.ink, strokeWidth: 2 }), ...marks],
  };
}
