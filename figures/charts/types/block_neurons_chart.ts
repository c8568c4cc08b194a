import * as Plot from "@observablehq/plot";
import type { BlockNeurons, PartnerGroup } from "../../../analysis/feature_types/block_neurons.ts";
import { significant, wholeNumber } from "../../../analysis/report/number_text.ts";
import { margins, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

/** The size of a weight by how many other features of its block the neuron serves. */
export const blockNeurons: Chart<BlockNeurons> = chart(draw, ({ analysis }) => analysis.featureTypes?.blocks);

function draw({ partners, byPartners }: BlockNeurons): Figure {
  const most = Math.max(...byPartners.map(({ pairs }) => pairs));
  const low = ({ encoder }: PartnerGroup) => encoder.mean - encoder.spread;
  const high = ({ encoder }: PartnerGroup) => encoder.mean + encoder.spread;
  const plot: Plot.PlotOptions = {
    ...margins,
    height: 340,
    x: xAxis("other features of the block on the neuron", { ticks: 8, tickFormat: "d", nice: false, inset: 16 }),
    y: yAxis("encoder weight |E|", { domain: [0, 1.08 * Math.max(...byPartners.map(high))], grid: true, ticks: 5 }),
    r: { range: [0, 12], domain: [0, most] },
    marks: [
      Plot.ruleX(byPartners, { x: "partners", y1: low, y2: high, stroke: theme.blue, strokeWidth: 1.5 }),
      Plot.dot(byPartners, {
        x: "partners",
        y: ({ encoder }: PartnerGroup) => encoder.mean,
        r: "pairs",
        fill: theme.blue,
        stroke: theme.paper,
        strokeWidth: 0.75,
      }),
    ],
  };
  const caption =
    "Mean and spread of |E| on the nonzeros of S, by how many other features of the same block the neuron serves; the area " +
    `of a dot is their number. On average a nonzero has ${
      significant(partners.observed)
    } such partners, where shuffled ` +
    `blocks give ${significant(partners.nullMean)} ± ${significant(partners.nullSd, 2)}.`;
  const table = {
    columns: ["partners in the block", "nonzeros", "mean |E|", "spread"],
    rows: byPartners.map(({ partners, pairs, encoder }) => [
      String(partners),
      wholeNumber(pairs),
      significant(encoder.mean),
      significant(encoder.spread, 2),
    ]),
  };
  return gridFigure({ name: "block-neurons", title: "Neurons of whole blocks", caption, tables: [table] }, [plot]);
}
