import * as Plot from "@observablehq/plot";
import { max, sum } from "d3-array";
import { percent, significant, wholeNumber } from "../../../analysis/report/number_text.ts";
import type { DensityFrame } from "../../../models/run/snapshots.ts";
import { density } from "../../marks/density_mark.ts";
import { margins, paddedDomain, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

/** The density of all weight pairs at one step of a training; a finished run shows its pairs in `weightPairs`. */
export const pairDensity: Chart<DensityFrame> = chart(draw);

function draw({ step, range: [left, right, bottom, top], counts }: DensityFrame): Figure {
  const cells = Math.sqrt(counts.length);
  const pairs = sum(counts);
  const largest = max(counts)!;
  const bins = {
    x: [left, right],
    y: [bottom, top],
    columns: cells,
    rows: cells,
    counts,
    inside: pairs,
    largest,
  } as const;
  const plot: Plot.PlotOptions = {
    ...margins,
    height: 440,
    x: xAxis("encoder E[j, i]", { domain: paddedDomain([left, right]), ticks: 5 }),
    y: yAxis("decoder D[i, j]", { domain: paddedDomain([bottom, top]), ticks: 5 }),
    marks: [density(bins, 1), Plot.frame({ stroke: theme.muted })],
  };
  return gridFigure({
    name: "pair-density",
    title: `Weight pairs after ${wholeNumber(step)} steps`,
    caption:
      `All ${
        wholeNumber(pairs)
      } weight pairs, counted in cells: the more pairs, the darker, evenly in the logarithm; ` +
      `the fullest of ${cells} × ${cells} cells holds ${percent(largest / pairs)} of them.`,
    tables: [{
      columns: ["", "least", "largest"],
      rows: [["encoder", significant(left), significant(right)], ["decoder", significant(bottom), significant(top)]],
    }],
  }, [plot]);
}
