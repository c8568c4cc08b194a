/**
 * The headline figure: every pair (E[j,i], D[i,j]) of a network as a point, with superposition beside without.
 *
 * Each panel shows a scatter with the logarithm of the counts along its edges, and under it two insets that enlarge the
 * upper right corner and the centre. Cells that hold several pairs are coloured by their count; the others are drawn
 * as single points, so that nothing is lost at three million pairs.
 */
import * as Plot from "@observablehq/plot";
import { FailureError } from "../models/errors.ts";
import type { Weights } from "../models/weights.ts";
import type { Figure, Panel } from "./figure.ts";
import { density } from "./marks/density.ts";
import { points } from "./marks/points.ts";
import { ramp } from "./marks/ramp.ts";
import { formatCount, formatNumber, formatShare } from "./text.ts";
import { theme } from "./theme.ts";
import { type Bar, bin1d, leastCount } from "./transforms/bin1d.ts";
import { bin2d, type Bins2d, rarePoints, type Window } from "./transforms/bin2d.ts";
import { clusterWindow } from "./transforms/cluster_window.ts";

/** The centre of a cluster of pairs, as the analysis found it. */
export interface ClusterCentre {
  readonly encoder: number;
  readonly decoder: number;
  /** Fraction of all pairs. */
  readonly share: number;
}

/** One network. */
export interface HeadlinePanel {
  readonly title: string;
  readonly weights: Weights;
  readonly centres: readonly ClusterCentre[];
}

/** A window on the pairs of one network, counted and ready to draw. */
interface View {
  readonly bins: Bins2d;
  /** The pairs drawn as single points. */
  readonly rare: Uint32Array;
  /** Least count of a cell that is drawn by its colour. */
  readonly least: number;
}

/** Cells with fewer pairs are drawn as points … */
const rareBelow = 3;
/** … unless these would be more than this, which bounds the size of the file. */
const mostPoints = 20_000;
/** A window with no more pairs than this shows each of them as a point. */
const fewPairs = 6_000;

/** Sizes in CSS pixels. A cell of the density is one pixel wide, so frames have whole numbers. */
const size = { left: 58, frame: 276, marginal: 48, inset: 134, insetTop: 40, top: 48, bottom: 40 };
const scatterTop = size.top + size.marginal;
const insetsTop = scatterTop + size.frame + size.bottom + size.insetTop;

/**
 * Draws one or two networks on the same scales.
 *
 * @param panels from left to right
 * @returns the figure; about 0.5 MB for two panels of three million pairs each
 * @throws {FailureError} if a weight is not finite
 */
export function headline(panels: readonly HeadlinePanel[]): Figure {
  const width = theme.wideWidth;
  const limits = {
    x: reach(panels.map(({ weights }) => weights.encoder), "encoder"),
    y: reach(panels.map(({ weights }) => weights.decoder), "decoder"),
  };
  const whole: Window = { x: [-limits.x, limits.x], y: [-limits.y, limits.y] };
  const drawn = panels.map(({ weights, centres }) => ({
    scatter: view(weights, whole, size.frame),
    corner: insetView(weights, centres, cornerOf(centres)),
    centre: insetView(weights, centres, centreOf(centres)),
  }));
  const columnWidth = width / 2;
  const key = ramp("few pairs", "fullest cell of each view");
  const placed: Panel[] = [{ x: width - key.width! - 4, y: -24, options: key }];
  for (const [index, { title, weights, centres }] of panels.entries()) {
    const { scatter, corner, centre } = drawn[index];
    const left = index * columnWidth;
    const insets = [{ name: "corner", view: corner }, { name: "centre", view: centre }].flatMap(({ name, view }) =>
      view === undefined ? [] : [{ name, view }]
    );
    placed.push(
      { x: left, y: size.top, options: topMarginal(weights, whole) },
      { x: left + size.left + size.frame, y: scatterTop, options: rightMarginal(weights, whole) },
      {
        x: left,
        y: scatterTop,
        options: scatterPlot(weights, scatter, centres, insets.map(({ view }) => view)),
      },
      { x: left, y: 0, options: heading(title, weights, columnWidth) },
      ...insets.map(({ name, view }, slot) => ({
        x: left + slot * (size.inset + 8 + size.left),
        y: insetsTop - size.insetTop,
        options: insetPlot(
          weights,
          view,
          centres,
          insetTitle(name, limits.x / halfWidth(view), view),
        ),
      })),
    );
  }
  return {
    name: "headline",
    title: "Every weight pair of the network",
    caption: caption(panels, drawn.map(({ scatter }) => scatter)),
    width,
    height: insetsTop + size.inset + size.bottom,
    panels: placed,
  };
}

/** Half the side of a symmetric frame that holds every value, with a little air. */
function reach(matrices: readonly Float32Array[], name: string): number {
  let largest = 0;
  for (const matrix of matrices) {
    for (let index = 0; index < matrix.length; index++) {
      const value = Math.abs(matrix[index]);
      if (!(value < Infinity)) {
        throw new FailureError(`The ${name} holds ${matrix[index]}; train again from a sound checkpoint.`);
      }
      if (value > largest) largest = value;
    }
  }
  return largest === 0 ? 1 : 1.06 * largest;
}

const cornerOf = (centres: readonly ClusterCentre[]) =>
  centres.reduce((a, b) => (b.encoder > a.encoder ? b : a), centres[0]);
const centreOf = (centres: readonly ClusterCentre[]) =>
  centres.reduce((a, b) => (Math.abs(b.encoder) < Math.abs(a.encoder) ? b : a), centres[0]);
const halfWidth = ({ bins }: View) => (bins.x[1] - bins.x[0]) / 2;

function view({ encoder, decoder }: Weights, window: Window, cells: number): View {
  const bins = bin2d(encoder, decoder, window, cells, cells);
  if (bins.inside <= fewPairs) return { bins, rare: rarePoints(encoder, decoder, bins, Infinity), least: Infinity };
  for (let least = rareBelow; least > 1; least--) {
    const rare = rarePoints(encoder, decoder, bins, least);
    if (rare.length <= mostPoints) return { bins, rare, least };
  }
  return { bins, rare: new Uint32Array(), least: 1 };
}

function insetView(
  weights: Weights,
  centres: readonly ClusterCentre[],
  chosen: ClusterCentre | undefined,
): View | undefined {
  if (chosen === undefined) return undefined;
  const window = clusterWindow(weights, centres, centres.indexOf(chosen));
  return window && view(weights, window, size.inset);
}

const insetTitle = (name: string, zoom: number, { bins }: View) =>
  `${name}, ×${formatNumber(zoom, 2)}\n${formatCount(bins.inside)} pairs`;

/** What a scatter and its insets share: the pairs by colour and as points, and the centres of the clusters. */
function pairMarks(
  { encoder, decoder }: Weights,
  { bins, rare, least }: View,
  centres: readonly ClusterCentre[],
): Plot.Markish[] {
  const [x1, x2] = bins.x;
  const [y1, y2] = bins.y;
  const shown = centres.filter((centre) =>
    centre.encoder > x1 && centre.encoder < x2 && centre.decoder > y1 && centre.decoder < y2
  );
  const ring = { x: "encoder", y: "decoder", r: 7 } as const;
  const look = Number.isFinite(least)
    ? { colour: theme.levels[0], radius: 0.9 }
    : { colour: theme.levels[7], radius: 0.75 };
  return [
    points(encoder, decoder, rare, look),
    density(bins, least),
    Plot.dot(shown, { ...ring, stroke: theme.paper, strokeWidth: 4 }),
    Plot.dot(shown, { ...ring, stroke: theme.blue, strokeWidth: 2 }),
    Plot.frame({ stroke: theme.muted }),
  ];
}

function scatterPlot(
  weights: Weights,
  scatter: View,
  centres: readonly ClusterCentre[],
  insets: readonly View[],
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

function insetPlot(
  weights: Weights,
  inset: View,
  centres: readonly ClusterCentre[],
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
function topMarginal({ encoder }: Weights, { x }: Window): Plot.PlotOptions {
  const bars = bin1d(encoder, x, size.frame / 2);
  return {
    width: size.left + size.frame,
    height: size.marginal,
    marginLeft: size.left,
    marginRight: 0,
    marginTop: 4,
    marginBottom: 0,
    x: { domain: x, axis: null },
    y: countScale(bars),
    marks: [Plot.rectY(bars, { x1: "from", x2: "to", y1: leastCount, y2: "count", fill: theme.neutral })],
  };
}

/** Counts along the decoder axis, right of the scatter. */
function rightMarginal({ decoder }: Weights, { y }: Window): Plot.PlotOptions {
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
  const largest = Math.max(...bars.map(({ count }) => count));
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
function heading(title: string, { features, hidden }: Weights, width: number): Plot.PlotOptions {
  const at = { x: size.left, textAnchor: "start" } as const;
  return {
    width,
    height: 44,
    margin: 0,
    x: { type: "identity", axis: null },
    y: { type: "identity", axis: null },
    marks: [
      Plot.text([title], { ...at, y: 12, fontSize: theme.textSize, fontWeight: "bold", fill: theme.ink }),
      Plot.text([`d = ${features}, h = ${hidden}: ${formatCount(features * hidden)} pairs`], {
        ...at,
        y: 30,
        fill: theme.muted,
      }),
    ],
  };
}

function caption(panels: readonly HeadlinePanel[], scatters: readonly View[]): string {
  const counted = panels.map(({ title, weights, centres }, index) => {
    const pairs = weights.encoder.length;
    const clusters = centres.map(({ encoder, decoder, share }) =>
      `${formatCount(share * pairs)} (${formatShare(share)}) at (${formatNumber(encoder)}, ${formatNumber(decoder)})`
    );
    const { least, rare } = scatters[index];
    const single = rare.length > 0
      ? `${formatCount(rare.length)} of them, in cells with fewer than ${least}, are drawn as points`
      : "all are drawn by cells";
    const fullest = scatters[index].bins.largest;
    return `${title}: n = ${formatCount(pairs)} pairs, none left out; ${single}, the fullest cell holds ${
      formatCount(fullest)
    }; clusters hold ${clusters.join(", ")}.`;
  });
  return `Each feature i and neuron j give one point (E[j, i], D[i, j]). ${counted.join(" ")} ` +
    "Both panels have the same scales. Colour counts the pairs in a cell of one pixel, in the logarithm, " +
    "up to the fullest cell of each view; the histograms along the edges are logarithmic too. Rings mark the cluster centres; dashed " +
    "frames are enlarged below, by the factor stated along the encoder axis; where these hold few pairs, each is a point.";
}
