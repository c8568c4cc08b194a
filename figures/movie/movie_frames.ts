/** What a training movie shows: pairs that are followed through the training, and where each of them ends. */
import { extent, max, min } from "d3-array";
import type { DensityFrame, Snapshots } from "../../models/run/snapshots.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import type { SignMatrix } from "../../analysis/signs/sign_matrix.ts";
import type { ClusterCentre } from "../charts/weights/weight_pairs_chart.ts";
import { wholeNumber } from "../../analysis/report/number_text.ts";
import { theme } from "../render/figure_theme.ts";
import { nearestCentre } from "../transforms/nearest_centre.ts";

/** A cluster that pairs end in. */
export interface FinalCluster extends ClusterCentre {
  /** Name of a colour of the theme. */
  readonly colour: MovieColour;
}

/** Names of the colours of clusters: the centre is neutral. */
export type MovieColour = "neutral" | "blue" | "vermilion" | "green" | "purple" | "orange" | "sky";

/** The followed pairs, frame by frame, and the density of all pairs. */
export interface MovieFrames {
  /** The step after which each frame was taken. */
  readonly steps: readonly number[];
  /** Encoder weights of the pairs, one array a frame. */
  readonly encoder: readonly Float32Array[];
  /** Decoder weights of the pairs, one array a frame. */
  readonly decoder: readonly Float32Array[];
  /** Where the pairs end. */
  readonly clusters: readonly FinalCluster[];
  /** Index in `clusters` of the centre that each pair ends nearest to. */
  readonly cluster: Uint8Array;
  /** How many neurons each pair's feature sits on at the end. */
  readonly degree: Uint8Array;
  /** All pairs of the network, d·h. */
  readonly population: number;
  /** All pairs at some of the steps, if the run kept them. */
  readonly density: readonly DensityFrame[];
  /** The middle of a frame that holds every pair at every step: the origin, unless the weights are mostly of one sign. */
  readonly middle: { readonly x: number; readonly y: number };
  /** Half its sides. */
  readonly reach: { readonly x: number; readonly y: number };
}

const cornerColours = ["blue", "vermilion", "green", "purple", "orange", "sky"] as const;

/**
 * Joins the snapshots of a training with what is known at its end. See {@linkcode drawRun}.
 *
 * @param snapshots at least one frame
 * @param weights at the end
 * @param centres the clusters at the end
 * @param signs S at the end
 */
export function movieFrames(
  { pairs, steps, encoder, decoder, density = [] }: Snapshots,
  weights: Weights,
  centres: readonly ClusterCentre[],
  signs: SignMatrix,
): MovieFrames {
  const centreOf = nearestCentre(centres);
  const featureDegrees = signs.featureDegrees;
  let corners = 0;
  const x = frameOf([...encoder, ...density.map(({ range: [left, right] }) => [left, right])]);
  const y = frameOf([...decoder, ...density.map(({ range: [, , bottom, top] }) => [bottom, top])]);
  return {
    steps,
    encoder,
    decoder,
    clusters: centres.map((centre) => ({
      ...centre,
      colour: centre.sign === 0 ? "neutral" : cornerColours[corners++ % cornerColours.length],
    })),
    cluster: Uint8Array.from(pairs, (pair) => centreOf(weights.encoder[pair], weights.decoder[pair])),
    degree: Uint8Array.from(pairs, (pair) => Math.min(255, featureDegrees[Math.floor(pair / weights.hidden)])),
    population: weights.features * weights.hidden,
    density,
    middle: { x: x.middle, y: y.middle },
    reach: { x: x.reach, y: y.reach },
  };
}

/** Around the origin, or around the values themselves where those of one sign reach less than half as far as the others. */
function frameOf(frames: readonly Iterable<number>[]): { middle: number; reach: number } {
  const low = min(frames, (frame) => min(frame))!;
  const high = max(frames, (frame) => max(frame))!;
  const oneSided = Math.min(-low, high) < Math.max(-low, high) / 2;
  const middle = oneSided ? (low + high) / 2 : 0;
  return { middle, reach: 1.06 * Math.max(high - middle, middle - low) || 1 };
}

/**
 * Followed pairs to draw where not all can be: up to half of them end in corners, the rest in the centre, each group
 * thinned at even distances.
 *
 * @returns their places in the arrays of the frames
 */
export function shownPairs({ clusters, cluster }: MovieFrames, most: number): readonly number[] {
  const all = [...cluster.keys()];
  if (all.length <= most) return all;
  const isCorner = (pair: number) => clusters[cluster[pair]].sign !== 0;
  const corners = thinned(all.filter(isCorner), most / 2);
  return [...thinned(all.filter((pair) => !isCorner(pair)), most - corners.length), ...corners];
}

function thinned(pairs: readonly number[], most: number): readonly number[] {
  if (pairs.length <= most) return pairs;
  return Array.from({ length: most }, (_, index) => pairs[Math.floor(index * pairs.length / most)]);
}

/** In words: how many of the followed pairs are drawn, and how these were chosen. */
export function sampleInWords({ clusters, cluster, population }: MovieFrames, shown: readonly number[]): string {
  const cornersOf = (pairs: readonly number[]) => pairs.filter((pair) => clusters[cluster[pair]].sign !== 0).length;
  const corners = cornersOf(shown);
  const followed = cornersOf([...cluster.keys()]);
  const counted = (count: number, all: number) =>
    count === all ? `all ${wholeNumber(all)}` : `${wholeNumber(count)} of the ${wholeNumber(all)}`;
  return `Of the ${wholeNumber(population)} weight pairs, ${
    wholeNumber(cluster.length)
  } are followed, drawn at random, ` +
    `each as likely, before the training began. Points are ${
      counted(corners, followed)
    } of these that end in a corner ` +
    `and ${counted(shown.length - corners, cluster.length - followed)} that end in the centre.`;
}

/** The frame before the first in which a pair has come a tenth of its way: what lies before hardly moves. */
export function firstMoving({ encoder, middle, reach }: MovieFrames): number {
  const way = Math.abs(middle.x) + reach.x;
  const moving = encoder.findIndex((frame) => frame.some((weight) => Math.abs(weight) > 0.1 * way));
  return Math.max(0, moving - 1);
}

/** The level of a degree's colour, from the smallest to the largest that occurs; the darkest are too alike for points. */
export function degreeLevels(degrees: Uint8Array): (degree: number) => number {
  const [smallest = 0, largest = 0] = extent(degrees);
  const step = (theme.levels.length - 3) / Math.max(1, largest - smallest);
  return (degree) => Math.max(0, Math.round((degree - smallest) * step));
}
