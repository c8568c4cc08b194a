import * as Plot from "@observablehq/plot";
import type { Weights } from "../../../models/network/weights.ts";
import { margins, paddedDomain, xAxis, yAxis } from "../../render/axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { density } from "../../marks/density.ts";
import { percent, significant, wholeNumber, withError } from "../../../analysis/report/numbers.ts";
import { theme } from "../../render/theme.ts";
import { bin2d } from "../../transforms/bin2d.ts";

/** A cluster of weight pairs. */
export interface ClusterShape {
  readonly encoder: number;
  readonly decoder: number;
  /** Fraction of all pairs. */
  readonly share: number;
  /** Standard deviation of the encoder weights. */
  readonly spread: number;
  /** Standard deviation of the decoder weights. */
  readonly decoderSpread: number;
}

/** The clusters' centres with bars of two standard deviations, over the density of all pairs. */
export function clusters({ encoder, decoder }: Weights, shapes: readonly ClusterShape[]): Figure {
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
      // More labels than these would run into one another; the caption has them all.
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
  const listed = shapes.map(({ encoder, spread, decoder, decoderSpread, share }) =>
    `(${withError(encoder, spread)}, ${withError(decoder, decoderSpread)}) with ${percent(share)}`
  );
  const caption = `The density of all ${wholeNumber(encoder.length)} pairs (colour counts in the logarithm) and the ` +
    `${shapes.length} ${
      shapes.length === 1 ? "cluster" : "clusters"
    } found in it, as mean ± standard deviation of encoder and decoder weight: ` +
    `${listed.join("; ")}. Bars reach two standard deviations.`;
  return gridFigure({ name: "clusters", title: "Clusters of weight pairs", caption }, [plot]);
}
