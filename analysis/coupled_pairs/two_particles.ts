/** Whether a pair and its partner have a density of their own in four dimensions, or each its own in two. */
import * as d3 from "d3-array";
import type { Weights } from "../../models/network/network_weights.ts";
import { type RandomStream, shuffle } from "../../models/random.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import type { Estimate } from "../signs/signs.ts";
import { fitMixture } from "../statistics/gaussian_mixture.ts";
import { jackknifeError } from "../statistics/moments.ts";
import { rectanglesClosedBy } from "./rectangles.ts";

/** Which pair of the cloud stands beside a pair (j, i) that closes a rectangle (j, q), (l, q), (l, i) of the cloud. */
export type Partner =
  /** Any of the cloud, at random: the control. */
  | "any"
  /** (j, q). */
  | "sameNeuron"
  /** (l, i). */
  | "sameFeature"
  /** (l, q). */
  | "opposite"
  /** All three: four particles. */
  | "rectangle"
  /** All three that another pair of the blob closes a rectangle with: the control of that. */
  | "otherRectangle";

/** How well densities describe pairs that they were not fitted to. */
export interface ParticleDensity {
  /** Who the partner is. */
  readonly partner: Partner;
  /** How many pairs were looked at. */
  readonly pairs: number;
  /** Mean ln density of a pair and its partner in the product of a density for each. */
  readonly product: number;
  /** The same in their common density, which is the product where the criterion prefers that. */
  readonly common: number;
  /** Common less product, in nats a pair: what the partner tells, at least; error over features. */
  readonly gain: Estimate;
  /** In how many of the folds the criterion prefers a common density. */
  readonly preferred: number;
}

/** At most so many pairs are used, drawn at random. */
const largestSample = 1000;
/** Fewer pairs for each dimension are too few to fit a density to three quarters of them. */
const pairsPerDimension = 25;
export const folds = 4;
const mostComponents = 4;

/**
 * Fits mixtures of Gaussians on three quarters of the features and measures them on the last quarter, for each quarter. The
 * Bayesian information criterion decides on the number of Gaussians, and on whether the product does instead: mixtures of
 * a few Gaussians do not contain the products of two.
 *
 * @param weights where the pairs lie
 * @param signs S, whose positive nonzeros are the cloud
 * @param blob zeros of S, i·h + j, of which those are used that close a rectangle, each with one at random
 * @returns of the partners that enough pairs have
 */
export function particleDensities(
  weights: Weights,
  signs: SignMatrix,
  blob: Int32Array,
  randomOf: (use: string) => RandomStream,
): ParticleDensity[] {
  const samples = samplesOf(signs, blob, randomOf("partners"));
  const enough = partners.filter((partner) =>
    samples.length >= pairsPerDimension * 2 * (1 + (samples[0]?.[partner].length ?? 0))
  );
  return enough.map((partner) => ({ partner, ...compared(weights, samples, partner, randomOf(partner)) }));
}

const partners: readonly Partner[] = [
  "any",
  "sameNeuron",
  "sameFeature",
  "opposite",
  "rectangle",
  "otherRectangle",
];

/** A pair of the blob, and the pairs of the cloud that may stand beside it. */
type Sample = { readonly pair: number } & Readonly<Record<Partner, readonly number[]>>;

function samplesOf(signs: SignMatrix, blob: Int32Array, random: RandomStream): Sample[] {
  const { entries } = signs;
  const cloud = Array.from(entries.keys()).filter((pair) => entries[pair] > 0);
  const oneOf = <Value>(values: readonly Value[]) => values[random.integer(values.length)];
  const samples: Omit<Sample, "otherRectangle">[] = [];
  for (const pair of shuffle(blob.slice(), random)) {
    if (samples.length === largestSample) break;
    const rectangles = rectanglesClosedBy(signs, pair);
    if (rectangles.length === 0) continue;
    const [, ...rectangle] = oneOf(rectangles);
    const [sameNeuron, sameFeature, opposite] = rectangle.map((corner) => [corner]);
    samples.push({ pair, any: [oneOf(cloud)], sameNeuron, sameFeature, opposite, rectangle });
  }
  const others = shuffle(samples.map(({ rectangle }) => rectangle), random);
  return samples.map((sample, index) => ({ ...sample, otherRectangle: others[index] }));
}

function compared(
  { encoder, decoder, hidden }: Weights,
  samples: readonly Sample[],
  partner: Partner,
  random: RandomStream,
): Omit<ParticleDensity, "partner"> {
  const placesOf = (pairs: readonly number[]) =>
    Float64Array.from(pairs.flatMap((pair) => [encoder[pair], decoder[pair]]));
  const rows = samples.map((sample) => ({
    feature: Math.floor(sample.pair / hidden),
    own: placesOf([sample.pair]),
    others: placesOf(sample[partner]),
    all: placesOf([sample.pair, ...sample[partner]]),
  }));
  let preferred = 0;
  const held = d3.range(folds).flatMap((fold) => {
    const fit = rows.filter(({ feature }) => feature % folds !== fold);
    const density = (key: "own" | "others" | "all") => fitMixture(fit.map((row) => row[key]), mostComponents, random);
    const [own, others, all] = [density("own"), density("others"), density("all")];
    const better = all.criterion < own.criterion + others.criterion;
    if (better) preferred++;
    return rows.filter(({ feature }) => feature % folds === fold).map((row) => {
      const product = own.logDensity(row.own) + others.logDensity(row.others);
      return { feature: row.feature, product, common: better ? all.logDensity(row.all) : product };
    });
  });
  const gains = d3.rollup(
    held,
    (rows) => ({ sum: d3.sum(rows, ({ common, product }) => common - product), count: rows.length }),
    ({ feature }) => feature,
  );
  const total = d3.sum(gains.values(), ({ sum }) => sum);
  return {
    pairs: held.length,
    product: d3.mean(held, ({ product }) => product)!,
    common: d3.mean(held, ({ common }) => common)!,
    gain: {
      value: total / held.length,
      error: jackknifeError(
        Array.from(gains.values(), ({ sum, count }) => (total - sum) / Math.max(1, held.length - count)),
      ),
    },
    preferred,
  };
}
