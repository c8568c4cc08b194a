import * as Plot from "@observablehq/plot";
import { percent, significant, wholeNumber, withError } from "../../../analysis/report/number_text.ts";
import type { Weights } from "../../../models/network/network_weights.ts";
import { margins, paddedDomain, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { density } from "../../marks/density_mark.ts";
import { theme } from "../../render/figure_theme.ts";
import { bin2d } from "../../transforms/bin2d.ts";
import { type Chart, chart } from "../chart.ts";

/** A cluster of weight pairs. */
export interface ClusterShape {
  /** Mean encoder weight. */
  readonly encoder: number;
  /** Mean decoder weight. */
  readonly decoder: number;
  /** Fraction of all pairs. */
  readonly share: number;
  /** Spread of the encoder weights. */
  readonly spread: number;
  /** Spread of the decoder weights. */
  readonly decoderSpread: number;
}

/** Weight pairs, and the clusters found among them. */
export interface ClusteredPairs {
  /** All pairs. */
  readonly weights: Weights;
  /** The clusters found among them. */
  readonly centres: readonly ClusterShape[];
}

/** The clusters' centres with bars of two spreads, over the density of all pairs. */
export const clusters: Chart<ClusteredPairs> = chart(
  draw,
  ({ weights, analysis }) => ({ weights, centres: analysis.clusters.centres }),
);

function draw({ weights: { encoder, decoder }, centres: shapes }: ClusteredPairs): Figure {
  const window = { x: paddedDomain(encoder, 0.1), y: paddedDomain(decoder, 0.1) };
  const height = 440;
  const frame = {
    width: theme.width - margins.marginLeft - margins.marginRight,
    height: height - margins.marginTop - margins.marginBottom,
  };
  const bins = bin2d(encoder, decoder, window, frame.width / 2, frame.height / 2);
  const plot: Plot.PlotOptions = {
    ...margins,
    height,
    x: xAxis("encoder E[j, i]", { domain: window.x }),
    y: yAxis("decoder D[i, j]", { domain: window.y }),
    marks: [
      density(bins, 1),
      ...[{ stroke: theme.paper, strokeWidth: 3.5 }, { stroke: theme.blue, strokeWidth: 1.5 }].flatMap((look) => [
        Plot.ruleY(shapes, {
          y: "decoder",
          x1: ({ encoder, spread }) => encoder - 2 * spread,
          x2: ({ encoder, spread }) => encoder + 2 * spread,
          ...look,
        }),
        Plot.ruleX(shapes, {
          x: "encoder",
          y1: ({ decoder, decoderSpread }) => decoder - 2 * decoderSpread,
          y2: ({ decoder, decoderSpread }) => decoder + 2 * decoderSpread,
          ...look,
        }),
      ]),
      // More labels than these would run into one another; the table under the figure has them all.
      Plot.text(shapes.length > 4 ? [] : shapes, {
        x: "encoder",
        y: "decoder",
        text: ({ share, spread }) => `${percent(share)}\n± ${significant(spread, 2)}`,
        dx: 12,
        dy: 30,
        textAnchor: "start",
        stroke: theme.paper,
        strokeWidth: 4,
        fill: theme.ink,
      }),
      Plot.frame({ stroke: theme.muted }),
    ],
  };
  const found = shapes.length === 1 ? "the one cluster" : `the ${shapes.length} clusters`;
  const caption =
    `The density of all ${wholeNumber(encoder.length)} pairs (colour counts in the logarithm) and ${found} ` +
    "found in it. Bars reach two spreads to either side of a centre.";
  const table = {
    columns: ["cluster", "encoder", "decoder", "share", "pairs"],
    rows: shapes.map(({ encoder: x, spread, decoder: y, decoderSpread, share }, index) => [
      String(index + 1),
      withError(x, spread),
      withError(y, decoderSpread),
      percent(share),
      wholeNumber(share * encoder.length),
    ]),
  };
  return gridFigure({ name: "clusters", title: "Clusters of weight pairs", caption, tables: [table] }, [plot]);
}
