/** The plots that make up the figure of all weight pairs. */
import * as Plot from "@observablehq/plot";
import { max } from "d3-array";
import type { Weights } from "../../../models/network/network_weights.ts";
import { density } from "../../marks/density_mark.ts";
import { points } from "../../marks/points_mark.ts";
import { wholeNumber } from "../../../analysis/report/number_text.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Bar, bin1d, leastCount } from "../../transforms/bin1d.ts";
import type { Bins2d, Window } from "../../transforms/bin2d.ts";
import type { PairView } from "./weight_pairs_view.ts";

/** Sizes in CSS pixels. A cell of the density is one pixel wide, so frames have whole numbers. */
export const size = { left: 58, frame: 276, marginal: 48, inset: 134, insetTop: 40, top: 48, bottom: 40 } as const;

/** Where a cluster's centre is marked. */
interface Centre {
  readonly encoder: number;
  readonly decoder: number;
}

/** What a scatter and its insets share: the pairs by colour and as points, and the centres of the clusters. */
function pairMarks(
  { encoder, decoder }: Weights,
  { bins, layers, least }: PairView,
  centres: readonly Centre[],
): Plot.Markish[] {
  const [x1, x2] = bins.x;
  const [y1, y2] = bins.y;
  const shown = centres.filter((centre) =>
    centre.encoder > x1 && centre.encoder < x2 && centre.decoder > y1 && centre.decoder < y2
  );
  const ring = { x: "encoder", y: "decoder", r: 7 } as const;
  return [
    points(encoder, decoder, layers.map((indices, level) => ({ indices, colour: theme.levels[level] })), 0.9),
    density(bins, least),
    Plot.dot(shown, { ...ring, stroke: theme.paper, strokeWidth: 4 }),
    Plot.dot(shown, { ...ring, stroke: theme.blue, strokeWidth: 2 }),
    Plot.frame({ stroke: theme.muted }),
  ];
}

/** All pairs of a network, with the windows of the insets outlined. */
export function scatterPlot(
  weights: Weights,
  scatter: PairView,
  centres: readonly Centre[],
  insets: readonly PairView[],
): Plot.PlotOptions {
  const outlines = insets.map(({ bins }) => bins);
  return {
    width: size.left + size.frame,
    height: size.frame + size.bottom,
    marginLeft: size.left,
    marginRight: 0,
    marginTop: 0,
    marginBottom: size.bottom,
    x: { domain: scatter.bins.x, ticks: 5, label: "encoder E[j, i]", labelAnchor: "center", labelArrow: "none" },
    y: { domain: scatter.bins.y, ticks: 5, label: "decoder D[i, j]", labelAnchor: "center", labelArrow: "none" },
    marks: [
      ...pairMarks(weights, scatter, centres),
      Plot.rect(outlines, {
        x1: (bins: Bins2d) => bins.x[0],
        x2: (bins: Bins2d) => bins.x[1],
        y1: (bins: Bins2d) => bins.y[0],
        y2: (bins: Bins2d) => bins.y[1],
        stroke: theme.muted,
        strokeDasharray: "3 2",
      }),
    ],
  };
}

/** A window of the scatter, enlarged. */
export function insetPlot(
  weights: Weights,
  inset: PairView,
  centres: readonly Centre[],
  title: string,
): Plot.PlotOptions {
  return {
    width: size.left + size.inset,
    height: size.insetTop + size.inset + size.bottom,
    marginLeft: size.left,
    marginRight: 0,
    marginTop: size.insetTop,
    marginBottom: size.bottom,
    x: { domain: inset.bins.x, ticks: 3, label: null },
    y: { domain: inset.bins.y, ticks: 4, label: null },
    marks: [
      ...pairMarks(weights, inset, centres),
      Plot.text([title], { frameAnchor: "top", dy: -34, lineHeight: 1.2, fill: theme.ink }),
    ],
  };
}

/** Counts along the encoder axis, above the scatter. */
export function topMarginal({ encoder }: Weights, { x }: Window): Plot.PlotOptions {
  const bars = bin1d(encoder, x, size.frame / 2);
  return {
    width: size.left + size.frame,
    height: size.marginal,
    marginLeft: size.left,
    marginRight: 0,
    marginTop: 4,
    // So that the lowest count stands clear of the uppermost decoder weight.
    marginBottom: 10,
    x: { domain: x, axis: null },
    y: countScale(bars),
    marks: [Plot.rectY(bars, { x1: "from", x2: "to", y1: leastCount, y2: "count", fill: theme.neutral })],
  };
}

/** Counts along the decoder axis, right of the scatter. */
export function rightMarginal({ decoder }: Weights, { y }: Window): Plot.PlotOptions {
  const bars = bin1d(decoder, y, size.frame / 2);
  return {
    width: size.marginal,
    height: size.frame + size.bottom,
    marginLeft: 0,
    marginRight: 4,
    marginTop: 0,
    marginBottom: size.bottom,
    x: { ...countScale(bars), axis: "top" },
    y: { domain: y, axis: null },
    marks: [Plot.rectX(bars, { y1: "from", y2: "to", x1: leastCount, x2: "count", fill: theme.neutral })],
  };
}

function countScale(bars: readonly Bar[]): Plot.ScaleOptions {
  const largest = max(bars, ({ count }) => count)!;
  return {
    type: "log",
    domain: [leastCount, largest],
    ticks: [1, 10 ** Math.floor(Math.log10(largest))],
    tickFormat: "~s",
    tickSize: 3,
    label: null,
  };
}

/** The name of the network and its numbers, as a plot of two lines of text. */
export function heading(title: string, { features, hidden }: Weights, width: number): Plot.PlotOptions {
  const at = { x: size.left, textAnchor: "start" } as const;
  return {
    width,
    height: 44,
    margin: 0,
    x: { type: "identity", axis: null },
    y: { type: "identity", axis: null },
    marks: [
      Plot.text([title], { ...at, y: 12, fontSize: theme.textSize, fontWeight: "bold", fill: theme.ink }),
      Plot.text([`d = ${features}, h = ${hidden}: ${wholeNumber(features * hidden)} pairs`], {
        ...at,
        y: 30,
        fill: theme.muted,
      }),
    ],
  };
}
