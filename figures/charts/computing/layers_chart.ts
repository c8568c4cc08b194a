import * as Plot from "@observablehq/plot";
import { max } from "d3-array";
import type { LayerMeasurement, LayersData } from "../../../analysis/computing/layers.ts";
import { percent, significant, withError } from "../../../analysis/report/number_text.ts";
import { panelTitle, powersOfTen, titled, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { leastCount } from "../../transforms/bin1d.ts";
import { type Chart, chartOfAnyNetwork } from "../chart.ts";

/** How often each weight occurs, layer by layer, and what has frozen. */
export const layers: Chart<LayersData> = chartOfAnyNetwork(draw, ({ analysis }) => analysis.layers);

function draw({ layers }: LayersData): Figure {
  const frozen = layers.flatMap(({ name, signs }) => signs === null ? [] : [{ name, ...signs }]);
  const last = frozen.at(-1);
  const caption =
    "How often each value occurs among the weights of every layer, counts on a logarithmic scale; coloured is what " +
    "lies beyond the threshold between its clusters (dashed). " +
    (last === undefined
      ? "No layer has weights that stand apart."
      : `In ${last.name} ${withError(last.intoOne.value, last.intoOne.error)} weights beyond it lead into one ` +
        `output, and ${withError(last.outOfOne.value, last.outOfOne.error)} out of one neuron.`);
  const table = {
    columns: ["layer", "threshold", "share beyond", "out of one below", "into one above"],
    rows: frozen.map(({ name, threshold, density, outOfOne, intoOne }) => [
      name,
      significant(threshold),
      percent(density.value),
      withError(outOfOne.value, outOfOne.error),
      withError(intoOne.value, intoOne.error),
    ]),
  };
  return gridFigure(
    { name: "layers", title: "Weights by layer", caption, tables: [table] },
    layers.map(histogram),
    {
      columns: Math.min(3, layers.length),
      key: [
        { label: "beyond the threshold", colour: theme.vermilion },
        { label: "zero", colour: theme.neutral },
        { label: "threshold", colour: theme.muted, shape: "dashed" },
      ],
    },
  );
}

function histogram({ name, shape, histogram, largest, signs }: LayerMeasurement): Plot.PlotOptions {
  const width = 2 * largest / histogram.length;
  const bars = histogram.map((count, index) => ({ from: -largest + index * width, count })).filter(({ count }) =>
    count > 0
  );
  const threshold = signs?.threshold ?? Infinity;
  const domain = [leastCount, 1.4 * max(histogram)!] as const;
  return {
    ...titled,
    height: 300,
    x: xAxis("weight", { domain: [-1.04 * largest, 1.04 * largest], ticks: 5 }),
    y: yAxis("weights in a bin", { type: "log", domain, grid: true, ticks: powersOfTen(domain), tickFormat: "~s" }),
    marks: [
      Plot.rectY(bars, {
        x1: "from",
        x2: ({ from }) => from + width,
        y1: leastCount,
        y2: "count",
        fill: ({ from }) => Math.abs(from + width / 2) > threshold ? theme.vermilion : theme.neutral,
      }),
      Plot.ruleX(signs === null ? [] : [-threshold, threshold], { stroke: theme.muted, strokeDasharray: "5 3" }),
      panelTitle(`${name}: ${shape.join(" → ")}`),
    ],
  };
}
