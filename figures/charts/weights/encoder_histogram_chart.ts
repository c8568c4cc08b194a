import * as Plot from "@observablehq/plot";
import { max } from "d3-array";
import { percent, roundedTo, significant, wholeNumber } from "../../../analysis/report/number_text.ts";
import type { Weights } from "../../../models/network/network_weights.ts";
import { powersOfTen, titled, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import type { Swatch } from "../../marks/swatches_mark.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Bar, bin1d, leastCount } from "../../transforms/bin1d.ts";
import { type Chart, chart } from "../chart.ts";

/** The clusters of a network, as the analysis found them. */
export interface EncoderClusters {
  /** |E| above which a weight counts as nonzero; null where there is nothing to separate. */
  readonly threshold: number | null;
  /** Where the clusters are along the encoder axis, and the fraction of the pairs that each holds. */
  readonly centres: readonly { readonly encoder: number; readonly share: number }[];
}

/** Weights, and the clusters found among their pairs. */
export interface ClusteredEncoder {
  /** All pairs. */
  readonly weights: Weights;
  /** The clusters found among them. */
  readonly clusters: EncoderClusters;
}

const bins = 161;

/** How often each encoder weight occurs, on a logarithmic scale, with the clusters' centres and the threshold of S. */
export const encoderHistogram: Chart<ClusteredEncoder> = chart(
  draw,
  ({ weights, analysis: { clusters } }) => ({ weights, clusters }),
);

function draw({ weights: { encoder }, clusters: { threshold, centres } }: ClusteredEncoder): Figure {
  const largest = max(encoder, Math.abs) || 1;
  const bars = bin1d(encoder, [-largest, largest], bins);
  const zero = ({ from, to }: Bar) => threshold !== null && Math.abs(from + to) / 2 <= threshold;
  const domain = [leastCount, 1.2 * max(bars, ({ count }) => count)!] as const;
  const plot: Plot.PlotOptions = {
    ...titled,
    height: 330,
    x: xAxis("encoder weight E[j, i]", { domain: [-1.04 * largest, 1.04 * largest] }),
    y: yAxis("weights in a bin", { type: "log", domain, grid: true, ticks: powersOfTen(domain), tickFormat: "~s" }),
    marks: [
      Plot.rectY(bars, {
        x1: "from",
        x2: "to",
        y1: leastCount,
        y2: "count",
        fill: (bar) => zero(bar) ? theme.neutral : theme.vermilion,
      }),
      Plot.ruleX(threshold === null ? [] : [-threshold, threshold], { stroke: theme.muted, strokeDasharray: "5 3" }),
      Plot.ruleX(centres, { x: "encoder", stroke: theme.blue, strokeWidth: 1.5 }),
      // More labels than three would run into one another; the table under the figure has them all.
      Plot.text(centres.length > 3 ? [] : centres, {
        x: "encoder",
        text: ({ encoder: centre, share }) => `${roundedTo(centre, largest / 10)}, ${percent(share)}`,
        frameAnchor: "top",
        dy: -18,
        fill: theme.blue,
      }),
    ],
  };
  const key: Swatch[] = [
    { label: "nonzero", colour: theme.vermilion },
    { label: "cluster centre and share", colour: theme.blue, shape: "line" },
  ];
  if (threshold !== null) {
    key.unshift({ label: "zero", colour: theme.neutral });
    key.push({ label: "threshold", colour: theme.muted, shape: "dashed" });
  }
  const signs = threshold === null ? "" : ` Those with |E| > ${significant(threshold)} make up the sign matrix S.`;
  const caption =
    `How often each value occurs among ${wholeNumber(encoder.length)} encoder weights, in ${bins} bins, counts on a ` +
    `logarithmic scale.${signs}`;
  const table = {
    columns: ["cluster centre", "share", "weights"],
    rows: centres.map(({ encoder: centre, share }) => [
      roundedTo(centre, largest / 10),
      percent(share),
      wholeNumber(share * encoder.length),
    ]),
  };
  return gridFigure({ name: "encoder-histogram", title: "Encoder weights", caption, tables: [table] }, [plot], { key });
}
