/**
 * The headline figure: every pair (E[j,i], D[i,j]) of a network as a point, with superposition beside without.
 *
 * Each panel shows a scatter with the logarithm of the counts along its edges, and under it two insets that enlarge the
 * upper right corner and the centre. Cells that hold several pairs are coloured by their count; the others are drawn
 * as single points, so that nothing is lost at three million pairs.
 */
import { extent, least } from "d3-array";
import { percent, roundedTo, significant, wholeNumber } from "../../../analysis/report/number_text.ts";
import { FailureError } from "../../../models/errors.ts";
import type { Weights } from "../../../models/network/network_weights.ts";
import type { Arrangement, Figure, NumberTable, Panel } from "../../render/figure.ts";
import type { Network } from "../../render/figure_material.ts";
import { heading, insetPlot, rightMarginal, scatterPlot, size, topMarginal } from "./weight_pairs_plots.ts";
import { type PairView, pairView } from "./weight_pairs_view.ts";
import { ramp } from "../../marks/ramp_mark.ts";
import { theme } from "../../render/figure_theme.ts";
import type { Window } from "../../transforms/bin2d.ts";
import { clusterWindow } from "../../transforms/cluster_window.ts";
import { type Chart, chart } from "../chart.ts";

/** The centre of a cluster of pairs, as the analysis found it. */
export interface ClusterCentre {
  /** Mean encoder weight. */
  readonly encoder: number;
  /** Mean decoder weight. */
  readonly decoder: number;
  /** Fraction of all pairs. */
  readonly share: number;
  /** Spread of the encoder weights. */
  readonly spread: number;
  /** −1 or 1 for a corner, 0 for the centre. */
  readonly sign: -1 | 0 | 1;
}

/** The weight pairs of one network. */
export interface NetworkPairs {
  /** Over the panel. */
  readonly title: string;
  /** All pairs. */
  readonly weights: Weights;
  /** The clusters found among them. */
  readonly centres: readonly ClusterCentre[];
}

const scatterTop = size.top + size.marginal;
const insetsTop = scatterTop + size.frame + size.bottom + size.insetTop;

/**
 * Draws one or two networks from left to right on the same scales; about 0.3 MB for two of three million pairs each.
 *
 * @throws {FailureError} if a weight is not finite
 */
export const weightPairs: Chart<readonly NetworkPairs[]> = chart(
  draw,
  ({ pair, ...own }) => (pair === undefined ? [own] : [own, pair]).map(pairsOf),
);

function pairsOf({ config: { model }, weights, analysis: { clusters: { centres } } }: Network): NetworkPairs {
  const title = model.hidden < model.features ? "With superposition" : "Without superposition";
  return { title, weights, centres };
}

function draw(panels: readonly NetworkPairs[]): Figure {
  const whole: Window = {
    x: frameOf(panels.map(({ weights }) => weights.encoder), "encoder"),
    y: frameOf(panels.map(({ weights }) => weights.decoder), "decoder"),
  };
  const drawn = panels.map((panel) => {
    const scatter = pairView(panel.weights, whole, size.frame);
    return { scatter, ...networkPanels(panel, scatter, whole) };
  });
  return {
    name: "headline",
    title: "Every weight pair of the network",
    caption: caption(panels),
    tables: [numbers(panels, drawn.map(({ scatter }) => scatter), whole)],
    ...sideBySide(drawn),
    phone: stacked(drawn),
  };
}

/** The panels of one network, each group from its own upper left corner. */
interface NetworkPanels {
  /** The scatter with its histograms and its name. */
  readonly main: readonly Panel[];
  readonly insets: readonly Panel[];
}

function networkPanels(panel: NetworkPairs, scatter: PairView, whole: Window): NetworkPanels {
  const { title, weights, centres } = panel;
  const insets = [{ name: "corner", chosen: outermost(centres) }, { name: "centre", chosen: innermost(centres) }]
    .flatMap(({ name, chosen }) => {
      const view = insetView(panel, chosen, whole);
      return view === undefined ? [] : [{ name, view }];
    });
  return {
    main: [
      { x: 0, y: size.top, options: topMarginal(weights, whole) },
      { x: size.left + size.frame, y: scatterTop, options: rightMarginal(weights, whole) },
      { x: 0, y: scatterTop, options: scatterPlot(weights, scatter, centres, insets.map(({ view }) => view)) },
      { x: 0, y: 0, options: heading(title, weights, columnWidth) },
    ],
    insets: insets.map(({ name, view }, slot) => ({
      x: slot * (size.inset + 8 + size.left),
      y: 0,
      options: insetPlot(weights, view, centres, insetTitle(name, view, whole)),
    })),
  };
}

const columnWidth = theme.wideWidth / 2;
const columnHeight = insetsTop + size.inset + size.bottom;
const key = ramp("few pairs", "fullest cell of each view");

/** Networks from left to right, the key beside the title; the insets of a single one stand to the right of it. */
function sideBySide(networks: readonly NetworkPanels[]): Arrangement {
  const width = theme.wideWidth;
  const keyPanel = { x: width - key.width! - 4, y: -24, options: key };
  if (networks.length === 1) {
    const [{ main, insets }] = networks;
    const insetTop = scatterTop + (size.frame - size.inset) / 2 - size.insetTop;
    return {
      width,
      height: scatterTop + size.frame + size.bottom,
      panels: [keyPanel, ...main, ...moved(insets, columnWidth, insetTop)],
    };
  }
  const panels = networks.flatMap((network, index) => moved(column(network), index * columnWidth, 0));
  return { width, height: columnHeight, panels: [keyPanel, ...panels] };
}

/** Networks below one another, under the key. */
function stacked(networks: readonly NetworkPanels[]): Arrangement {
  const top = key.height! + 8;
  const panels = networks.flatMap((network, index) => moved(column(network), 0, top + index * columnHeight));
  return {
    width: columnWidth,
    height: top + networks.length * columnHeight,
    panels: [{ x: 8, y: 0, options: key }, ...panels],
  };
}

/** One network, its insets under the scatter. */
function column({ main, insets }: NetworkPanels): Panel[] {
  return [...main, ...moved(insets, 0, insetsTop - size.insetTop)];
}

const moved = (panels: readonly Panel[], right: number, down: number) =>
  panels.map((panel) => ({ ...panel, x: panel.x + right, y: panel.y + down }));

/** From below the least to above the largest of all values and zero, with a little air. */
function frameOf(matrices: readonly Float32Array[], name: string): [number, number] {
  for (const matrix of matrices) {
    const broken = matrix.find((value) => !Number.isFinite(value));
    if (broken !== undefined) {
      throw new FailureError(`The ${name} holds ${broken}; train again from a sound checkpoint.`);
    }
  }
  const [low, high] = extent(matrices.flatMap((matrix) => [0, ...extent(matrix)] as number[])) as [number, number];
  const air = 0.03 * (high - low) || 1;
  return [low - air, high + air];
}

/**
 * The corner farthest to the right, with the corners that run into it: types of one corner, whose pairs within three
 * spreads meet.
 */
function outermost(centres: readonly ClusterCentre[]): number[] {
  const corners = [...centres.keys()].filter((index) => centres[index].sign > 0)
    .sort((a, b) => centres[b].encoder - centres[a].encoder);
  const chosen = corners.slice(0, 1);
  for (const index of corners.slice(1)) {
    const [last, next] = [centres[chosen[chosen.length - 1]], centres[index]];
    if (last.encoder - next.encoder > 3 * (last.spread + next.spread)) break;
    chosen.push(index);
  }
  return chosen;
}

/** The centre, if there is one. */
function innermost(centres: readonly ClusterCentre[]): number[] {
  const nearest = least(centres.keys(), (index) => Math.abs(centres[index].encoder));
  return nearest === undefined ? [] : [nearest];
}

/** The window on some clusters, if there is something to enlarge, cut to the frame of the scatter. */
function insetView(
  { weights, centres }: NetworkPairs,
  chosen: readonly number[],
  whole: Window,
): PairView | undefined {
  const window = chosen.length === 0 ? undefined : clusterWindow(weights, centres, chosen);
  if (window === undefined) return undefined;
  const cut = ([low, high]: readonly [number, number], [least, most]: readonly [number, number]) =>
    [Math.max(low, least), Math.min(high, most)] as const;
  return pairView(weights, { x: cut(window.x, whole.x), y: cut(window.y, whole.y) }, size.inset);
}

const side = ([low, high]: readonly [number, number]) => high - low;

function insetTitle(name: string, { bins }: PairView, whole: Window): string {
  const zoom = side(whole.x) / side(bins.x);
  return `${name}, ×${significant(zoom, 2)}\n${wholeNumber(bins.inside)} pairs`;
}

function caption(panels: readonly NetworkPairs[]): string {
  const corners = panels.map(({ title, centres }) => {
    const share = centres.reduce((sum, { sign, share }) => sign === 0 ? sum : sum + share, 0);
    return `${percent(share)}${panels.length > 1 ? ` (${title.toLowerCase()})` : ""}`;
  });
  return "Each feature i and neuron j give one point (E[j,\u00a0i], D[i,\u00a0j]), none is left out; colour counts the pairs in a " +
    "cell of one pixel, in the logarithm, and dashed frames are enlarged along the encoder axis by the factor stated. " +
    `Rings mark the centres of the clusters: ${corners.join(" and ")} of the pairs lie in the corners.`;
}

function numbers(panels: readonly NetworkPairs[], scatters: readonly PairView[], whole: Window): NumberTable {
  const rows = panels.flatMap(({ title, weights, centres }, index) => {
    const all = weights.encoder.length;
    const { least, single, bins } = scatters[index];
    const counted = (what: string, share: number) => [`${title}, ${what}`, wholeNumber(share * all), percent(share)];
    return [
      counted("all", 1),
      ...centres.map(({ encoder, decoder, share }) =>
        counted(`at (${roundedTo(encoder, side(whole.x) / 20)}, ${roundedTo(decoder, side(whole.y) / 20)})`, share)
      ),
      counted(least === Infinity ? "drawn as points" : `drawn as points (cells below ${least})`, single / all),
      counted("in the fullest cell", bins.largest / all),
    ];
  });
  return { columns: ["pairs", "number", "share"], rows };
}
