/** The blobs that the weight pairs of a one-sided network form, seen from the middle of the largest one. */
import * as d3 from "d3-array";
import type { Weights } from "../../models/network/network_weights.ts";
import { densityModes } from "../clusters/density_modes.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { normalTail } from "../statistics/normal_distribution.ts";

/** Which pairs (i·h + j) lie where, ascending; what is in none of them is the centre. */
export interface Blobs {
  /** The positive nonzeros of S: the cloud to the upper right. */
  readonly cloud: Int32Array;
  /**
   * Zeros of S to the lower left: the pairs of the peak that the density has beyond three widths of the centre, or, where it
   * has none there, all that lie so far out.
   */
  readonly lowerLeft: Int32Array;
  /** Whether it is a peak of its own. */
  readonly peak: boolean;
  /** Zeros of S that lie as far to its upper right, on the way to the cloud. */
  readonly upperRight: Int32Array;
}

/** How far from the middle the blobs begin. */
const widths = 3;

/** Pairs that each estimate of the density averages over: fewer make no peak. */
const smallestPeak = 25;

/** The share of a Gaussian centre on either side. */
export const gaussianTail: number = normalTail(widths);

/**
 * Parts the zeros of S along the diagonal u = E/w_E + D/w_D from the middle of the centre. Middles are medians and widths
 * median distances from them (of a Gaussian, 0.674 standard deviations), which a blob of a tenth of the pairs hardly moves.
 * Both weights of a pair must lie on its side of the middle.
 */
export function blobsOf({ encoder, decoder }: Weights, { entries }: SignMatrix): Blobs {
  const cloud = Int32Array.from(d3.range(entries.length).filter((pair) => entries[pair] > 0));
  const zeros = d3.range(entries.length).filter((pair) => entries[pair] <= 0);
  const [x, y] = [standardised(encoder, zeros), standardised(decoder, zeros)];
  const along = standardised(Float64Array.from(x, (value, index) => value + y[index]), d3.range(zeros.length));
  const beyond = (side: -1 | 1) =>
    Int32Array.from(
      zeros.filter((_, index) => side * along[index] > widths && side * x[index] > 0 && side * y[index] > 0),
    );
  const out = beyond(-1);
  const peaks = peaksOf(encoder, decoder, zeros, new Set(out));
  return { cloud, lowerLeft: peaks ?? out, peak: peaks !== undefined, upperRight: beyond(1) };
}

/** The pairs of the peaks of the density most of whose pairs lie in a region; undefined where there is none. */
function peaksOf(
  encoder: Float32Array,
  decoder: Float32Array,
  zeros: readonly number[],
  region: ReadonlySet<number>,
): Int32Array | undefined {
  if (region.size < smallestPeak) return undefined;
  const at = (matrix: Float32Array) => Float32Array.from(zeros, (pair) => matrix[pair]);
  const { labels } = densityModes(at(encoder), at(decoder), { neighbours: smallestPeak });
  const members = d3.groups(zeros, (_, index) => labels[index]);
  const inside = members.filter(([, pairs]) => d3.mean(pairs, (pair) => Number(region.has(pair)))! > 1 / 2);
  return inside.length === 0 ? undefined : Int32Array.from(inside.flatMap(([, pairs]) => pairs)).sort();
}

/** Distance from the median in standard deviations of a Gaussian with the same median distance. */
function standardised(values: Float32Array | Float64Array, indices: readonly number[]): Float64Array {
  const chosen = Float64Array.from(indices, (index) => values[index]);
  const middle = d3.median(chosen)!;
  const width = 1.4826 * d3.median(chosen, (value) => Math.abs(value - middle))!;
  return chosen.map((value) => width > 0 ? (value - middle) / width : 0);
}
