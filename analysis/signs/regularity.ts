/** How regular a network is: how exact its values, how far S falls apart into blocks, and which of its features cancel. */
import * as d3 from "d3-array";
import type { Weights } from "../../models/network/network_weights.ts";
import { randomStream } from "../../models/random.ts";
import type { Clusters } from "../clusters/clusters.ts";
import { valuesByDegree } from "../clusters/values_by_degree.ts";
import { fixedDegreeSigns, iidSigns } from "../random_graph/null_models.ts";
import { exactSpread } from "../report/thresholds.ts";
import { spread } from "../statistics/moments.ts";
import { compareWithNull, type ComparisonWithNull } from "../statistics/null_comparison.ts";
import { type Component, components } from "./components.ts";
import { eachOverlap } from "./overlaps.ts";
import type { SignMatrix } from "./sign_matrix.ts";

/** Components of one kind. */
export interface ComponentKind {
  /** Features of each. */
  readonly features: number;
  /** Neurons of each. */
  readonly neurons: number;
  /** Neurons of each feature; null where they differ. */
  readonly degree: number | null;
  /** Whether any two of its features are orthogonal. */
  readonly orthogonal: boolean;
  /** How many there are. */
  readonly count: number;
  /** Mean and spread of S·E over the nonzeros of all of them. */
  readonly encoder: { readonly mean: number; readonly spread: number };
  /** The same of S·D. */
  readonly decoder: { readonly mean: number; readonly spread: number };
}

/** A number beside iid entries with as many nonzeros, and beside the same degrees rewired. */
export type BesideNulls = Readonly<Record<"iid" | "fixedDegree", ComparisonWithNull>>;

/** Key `regularity` of `analysis.json`. */
export interface Regularity {
  /** Clusters of the corners on the side that has more of them. */
  readonly values: number;
  /** Share of the nonzeros in groups (by the feature's degree, own and shared neurons apart) that have one exact value of E. */
  readonly exactShare: number;
  /** Share of the neurons that serve two features or more, of those that serve any. */
  readonly sharedNeurons: number;
  /** Share of the features in the largest component. */
  readonly largest: BesideNulls;
  /** Share of the features in components of two or more, all of them orthogonal. */
  readonly orthogonal: BesideNulls;
  /** Share of the pairs that share neurons whose signs on them cancel. */
  readonly cancelling: BesideNulls;
  /** The components by kind, those with most features in all first. */
  readonly kinds: readonly ComponentKind[];
  /** Draws of each null. */
  readonly draws: number;
}

/**
 * Measures regularity; null where nothing has frozen.
 *
 * @param weights the network that S was read from
 * @param clusters its clusters
 * @param signs S
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { regularity } from "./regularity.ts";
 * import { signMatrix } from "./sign_matrix.ts";
 * const signs = signMatrix(2, 2, Int8Array.of(1, 1, 1, -1));
 * const weights = { features: 2, hidden: 2, encoder: Float32Array.from(signs.entries), decoder: Float32Array.from(signs.entries) };
 * const found = regularity(weights, { centres: [] }, signs, { draws: 3 });
 * assertEquals([found?.exactShare, found?.orthogonal.iid.observed], [1, 1]);
 * ```
 */
export function regularity(
  weights: Weights,
  clusters: Pick<Clusters, "centres">,
  signs: SignMatrix,
  { draws = 100, seed = 0 }: { readonly draws?: number; readonly seed?: number } = {},
): Regularity | null {
  if (signs.edges === 0) return null;
  const groups = valuesByDegree(weights, signs);
  const exact = d3.sum(groups, ({ pairs, encoder }) => encoder.spread <= exactSpread ? pairs : 0);
  const serving = signs.neuronDegrees.filter((degree) => degree > 0);
  const corners = (side: number) => clusters.centres.filter(({ sign }) => sign === side).length;
  const found = components(signs);
  const observed = shares(signs, found);
  const sample = (name: "iid" | "fixedDegree") => {
    const random = randomStream(seed, "regularity", name);
    const draw = name === "iid" ? () => iidSigns(signs, random) : () => fixedDegreeSigns(signs, random);
    return d3.range(draws).map(() => {
      const drawn = draw();
      return shares(drawn, components(drawn));
    });
  };
  const nulls = { iid: sample("iid"), fixedDegree: sample("fixedDegree") };
  const compare = (key: keyof Shares): BesideNulls => ({
    iid: compareWithNull(observed[key], nulls.iid.map((each) => each[key])),
    fixedDegree: compareWithNull(observed[key], nulls.fixedDegree.map((each) => each[key])),
  });
  return {
    values: Math.max(corners(1), corners(-1)),
    exactShare: exact / signs.edges,
    sharedNeurons: serving.filter((degree) => degree > 1).length / serving.length,
    largest: compare("largest"),
    orthogonal: compare("orthogonal"),
    cancelling: compare("cancelling"),
    kinds: kindsOf(weights, signs, found),
    draws,
  };
}

/** What is compared with the nulls. */
interface Shares {
  readonly largest: number;
  readonly orthogonal: number;
  readonly cancelling: number;
}

function shares({ features, byFeature, byNeuron }: SignMatrix, found: readonly Component[]): Shares {
  let [sharing, cancelling] = [0, 0];
  eachOverlap(byFeature, byNeuron, (_feature, _other, overlap) => {
    sharing++;
    if (overlap === 0) cancelling++;
  });
  const orthogonal = found.filter((each) => each.features.length > 1 && each.orthogonal);
  return {
    largest: d3.max(found, (each) => each.features.length)! / features,
    orthogonal: d3.sum(orthogonal, (each) => each.features.length) / features,
    cancelling: sharing === 0 ? 0 : cancelling / sharing,
  };
}

function kindsOf({ encoder, decoder }: Weights, signs: SignMatrix, found: readonly Component[]): ComponentKind[] {
  const { hidden, entries } = signs;
  const moments = (values: readonly number[]) => ({ mean: d3.mean(values) ?? 0, spread: spread(values) });
  const kinds = d3.groups(
    found,
    ({ features, neurons, degree, orthogonal }) => [features.length, neurons.length, degree, orthogonal].join(),
  ).map(([, alike]): ComponentKind => {
    const [{ features, neurons, degree, orthogonal }] = alike;
    const pairs = alike.flatMap((each) =>
      each.features.flatMap((feature) =>
        Array.from(signs.neuronsOf(feature).indices, (neuron) => feature * hidden + neuron)
      )
    );
    return {
      features: features.length,
      neurons: neurons.length,
      degree,
      orthogonal,
      count: alike.length,
      encoder: moments(pairs.map((pair) => entries[pair] * encoder[pair])),
      decoder: moments(pairs.map((pair) => entries[pair] * decoder[pair])),
    };
  });
  return d3.sort(kinds, (kind) => -kind.count * kind.features);
}
