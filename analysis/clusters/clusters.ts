/** The clusters of the weight pairs (E[j,i], D[i,j]): how many, where, how wide, and where the frozen signs begin. */
import * as d3 from "d3-array";
import type { Weights } from "../../models/network/network_weights.ts";
import { densityModes, type DensityModesOptions } from "./density_modes.ts";

/** One cluster of weight pairs. */
export interface Cluster {
  /** Mean encoder weight. */
  readonly encoder: number;
  /** Mean decoder weight. */
  readonly decoder: number;
  /** Fraction of all pairs. */
  readonly share: number;
  /** Standard deviation of the encoder weights. */
  readonly spread: number;
  /** Standard deviation of the decoder weights. */
  readonly decoderSpread: number;
  /** ln(peak density / density of the pass to a denser cluster); null for the densest cluster. */
  readonly prominence: number | null;
  /** −1 or 1 for a corner, 0 for the centre. */
  readonly sign: -1 | 0 | 1;
}

/** How well the threshold separates. */
export interface ThresholdMargin {
  /** Fraction of all weights within 3 spreads of the threshold, the spread being that of their own side. */
  readonly share: number;
  /** Root mean square of the encoder weights below the threshold. */
  readonly centreSpread: number;
  /** Standard deviation of |encoder| above the threshold. */
  readonly cornerSpread: number;
}

/** What the weights freeze into. */
export interface Clusters {
  /** Ordered by mean encoder weight. */
  readonly centres: readonly Cluster[];
  /** |E| above which a weight is a ±1 of S; null where there is a single value of |E| and hence nothing to separate. */
  readonly threshold: number | null;
  /** Null where there is no threshold. */
  readonly margin: ThresholdMargin | null;
  /** What decided the number of clusters; see `densityModes`. */
  readonly criterion: {
    readonly neighbours: number;
    readonly requiredProminence: number;
    readonly rejectedProminence: number;
  };
}

/**
 * Finds the clusters of all d·h weight pairs, their number included, as the significant modes of their density.
 *
 * The clusters whose |encoder| is small are the centre, the others are corners; between the two lies the widest gap
 * in the sorted |encoder| of the cluster centres. The threshold is where |E| is thinnest inside that gap.
 *
 * @param weights a trained network; about 2 s for 3 million pairs
 * @param options resolution of the density estimate
 * @throws {RangeError} if a weight is not finite, or there are fewer weights than one density estimate needs
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream } from "../../models/random.ts";
 * import { findClusters } from "./clusters.ts";
 * const random = randomStream(1);
 * const signs = Float32Array.from({ length: 64 * 32 }, () => [-1, 1][random.integer(20)] ?? 0);
 * const encoder = signs.map((sign) => 1.5 * sign + 0.05 * random.normal());
 * const decoder = signs.map((sign) => 0.2 * sign + 0.01 * random.normal());
 * const { centres } = findClusters({ features: 64, hidden: 32, encoder, decoder });
 * assertEquals(centres.map(({ sign }) => sign), [-1, 0, 1]);
 * ```
 */
export function findClusters(weights: Weights, options: DensityModesOptions = {}): Clusters {
  const { encoder, decoder } = weights;
  const { modes, labels, neighbours, requiredProminence, rejectedProminence } = densityModes(encoder, decoder, options);
  const moments = modes.map((mode) => ({
    count: 0,
    encoder: 0,
    decoder: 0,
    encoderSquares: 0,
    decoderSquares: 0,
    mode,
  }));
  // Sums about the mode, so that a tight cluster far from zero keeps its spread.
  for (let pair = 0; pair < labels.length; pair++) {
    const moment = moments[labels[pair]];
    const alongEncoder = encoder[pair] - moment.mode.x;
    const alongDecoder = decoder[pair] - moment.mode.y;
    moment.count++;
    moment.encoder += alongEncoder;
    moment.decoder += alongDecoder;
    moment.encoderSquares += alongEncoder ** 2;
    moment.decoderSquares += alongDecoder ** 2;
  }
  const found = moments.map((moment) => ({
    encoder: moment.mode.x + moment.encoder / moment.count,
    decoder: moment.mode.y + moment.decoder / moment.count,
    share: moment.count / labels.length,
    spread: spreadOf(moment.count, moment.encoder, moment.encoderSquares),
    decoderSpread: spreadOf(moment.count, moment.decoder, moment.decoderSquares),
    prominence: moment.mode.prominence,
  })).sort((a, b) => a.encoder - b.encoder);

  const gap = widestGap(found.map((cluster) => Math.abs(cluster.encoder)));
  const threshold = gap && thinnestPoint(encoder, gap, neighbours);
  const isCorner = (cluster: { encoder: number }) => threshold !== null && Math.abs(cluster.encoder) > threshold;
  return {
    centres: found.map((cluster) => ({
      ...cluster,
      sign: isCorner(cluster) ? Math.sign(cluster.encoder) as -1 | 1 : 0,
    })),
    threshold,
    margin: threshold === null ? null : thresholdMargin(encoder, threshold),
    criterion: { neighbours, requiredProminence, rejectedProminence },
  };
}

function spreadOf(count: number, sum: number, squares: number): number {
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

/** The two neighbouring values that are farthest apart; null for fewer than two values. */
function widestGap(values: number[]): [number, number] | null {
  return d3.greatest(d3.pairs(d3.sort(values)), ([low, high]) => high - low) ?? null;
}

/** The middle of the widest stretch of |E| between two values that a handful of weights (their cube root) span. */
function thinnestPoint(encoder: Float32Array, [low, high]: [number, number], neighbours: number): number {
  const between = encoder.map(Math.abs).filter((value) => value > low && value < high).sort();
  const handful = Math.min(between.length, Math.max(neighbours, Math.ceil(Math.cbrt(between.length))));
  let thinnest = (low + high) / 2;
  let width = 0;
  for (let start = 0; start + handful < between.length; start++) {
    const [left, right] = [between[start], between[start + handful]];
    if (right - left > width) {
      width = right - left;
      thinnest = (left + right) / 2;
    }
  }
  return thinnest;
}

function thresholdMargin(encoder: Float32Array, threshold: number): ThresholdMargin {
  let below = 0;
  let above = 0;
  let squaresBelow = 0;
  let sumAbove = 0;
  let squaresAbove = 0;
  for (const weight of encoder) {
    const distance = Math.abs(weight) - threshold;
    if (distance > 0) {
      above++;
      sumAbove += distance;
      squaresAbove += distance ** 2;
    } else {
      below++;
      squaresBelow += weight ** 2;
    }
  }
  const centreSpread = Math.sqrt(squaresBelow / below);
  const cornerSpread = spreadOf(above, sumAbove, squaresAbove);
  let near = 0;
  for (const weight of encoder) {
    const distance = Math.abs(weight) - threshold;
    if (distance > 0 ? distance < 3 * cornerSpread : -distance < 3 * centreSpread) near++;
  }
  return { share: near / encoder.length, centreSpread, cornerSpread };
}

const known = new WeakMap<Weights, Clusters>();

/** The clusters of weights as {@linkcode findClusters} gives them, found once: it takes a second. */
export function clustersOf(weights: Weights): Clusters {
  const clusters = known.get(weights) ?? findClusters(weights);
  known.set(weights, clusters);
  return clusters;
}
