/**
 * The headline figure: every pair (E[j,i], D[i,j]) of a network as a point, with superposition beside without.
 *
 * Each panel shows a scatter with the logarithm of the counts along its edges, and under it two insets that enlarge the
 * upper right corner and the centre. Cells that hold several pairs are coloured by their count; the others are drawn
 * as single points, so that nothing is lost at three million pairs.
 */
import { FailureError } from "../models/errors.ts";
import type { Weights } from "../models/weights.ts";
import type { Figure, Panel } from "./figure.ts";
import { heading, insetPlot, rightMarginal, scatterPlot, size, topMarginal } from "./headline/plots.ts";
import { type PairView, pairView } from "./headline/view.ts";
import { ramp } from "./marks/ramp.ts";
import { formatCount, formatNumber, formatShare, toError } from "./text.ts";
import { theme } from "./theme.ts";
import type { Window } from "./transforms/bin2d.ts";
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

const scatterTop = size.top + size.marginal;
const insetsTop = scatterTop + size.frame + size.bottom + size.insetTop;

/**
 * Draws one or two networks on the same scales.
 *
 * @param panels from left to right
 * @returns the figure; about 0.3 MB for two panels of three million pairs each
 * @throws {FailureError} if a weight is not finite
 */
export function headline(panels: readonly HeadlinePanel[]): Figure {
  const width = theme.wideWidth;
  const limits = {
    x: reach(panels.map(({ weights }) => weights.encoder), "encoder"),
    y: reach(panels.map(({ weights }) => weights.decoder), "decoder"),
  };
  const whole: Window = { x: [-limits.x, limits.x], y: [-limits.y, limits.y] };
  const drawn = panels.map((panel) => ({
    scatter: pairView(panel.weights, whole, size.frame),
    corner: insetView(panel, cornerOf(panel.centres), whole),
    centre: insetView(panel, centreOf(panel.centres), whole),
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
        options: insetPlot(weights, view, centres, insetTitle(name, view, whole)),
      })),
    );
  }
  return {
    name: "headline",
    title: "Every weight pair of the network",
    caption: caption(panels, drawn.map(({ scatter }) => scatter), whole),
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

/** The window on one cluster, if there is one to enlarge, cut to the frame of the scatter. */
function insetView(
  { weights, centres }: HeadlinePanel,
  chosen: ClusterCentre | undefined,
  whole: Window,
): PairView | undefined {
  if (chosen === undefined) return undefined;
  const window = clusterWindow(weights, centres, centres.indexOf(chosen));
  if (window === undefined) return undefined;
  const cut = ([low, high]: readonly [number, number], [least, most]: readonly [number, number]) =>
    [Math.max(low, least), Math.min(high, most)] as const;
  return pairView(weights, { x: cut(window.x, whole.x), y: cut(window.y, whole.y) }, size.inset);
}

function insetTitle(name: string, { bins }: PairView, whole: Window): string {
  const zoom = (whole.x[1] - whole.x[0]) / (bins.x[1] - bins.x[0]);
  return `${name}, ×${formatNumber(zoom, 2)}\n${formatCount(bins.inside)} pairs`;
}

function caption(panels: readonly HeadlinePanel[], scatters: readonly PairView[], whole: Window): string {
  const counted = panels.map(({ title, weights, centres }, index) => {
    const pairs = weights.encoder.length;
    const clusters = centres.map(({ encoder, decoder, share }) => {
      const place = `(${toError(encoder, whole.x[1] / 10)}, ${toError(decoder, whole.y[1] / 10)})`;
      return `${formatCount(share * pairs)} (${formatShare(share)}) at ${place}`;
    });
    const { least, points, bins } = scatters[index];
    const drawn = least === Infinity
      ? "each is a point"
      : `${formatCount(points.length)} of them, in cells with fewer than ${least}, are single points, and ` +
        `the fullest cell holds ${formatCount(bins.largest)}`;
    return `${title}: n = ${formatCount(pairs)} pairs, none left out; ${drawn}; clusters hold ${clusters.join(", ")}.`;
  });
  const scales = panels.length > 1 ? " The panels have the same scales." : "";
  return `Each feature i and neuron j give one point (E[j, i], D[i, j]). ${counted.join(" ")}${scales} Colour counts ` +
    "the pairs in a cell of one pixel, in the logarithm, up to the fullest cell of each view; the histograms along the " +
    "edges are logarithmic too. Rings mark the cluster centres; dashed frames are enlarged below, by the factor stated " +
    "along the encoder axis; where these hold few pairs, each is a point.";
}
