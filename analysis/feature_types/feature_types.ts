/** How a network treats features of several types, in numbers. */
import * as d3 from "d3-array";
import type { Config } from "../../models/experiment/config.ts";
import { activations } from "../../models/network/activations/activations.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import { type RandomStream, randomStream } from "../../models/random.ts";
import { densityModes } from "../clusters/density_modes.ts";
import type { Subject } from "../report/section.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import type { Estimate } from "../signs/signs.ts";
import { spread } from "../statistics/moments.ts";
import { compareWithNull, type ComparisonWithNull } from "../statistics/null_comparison.ts";
import { type BlockNeurons, blockNeurons } from "./block_neurons.ts";
import { type FeatureGroup, featureGroups } from "./feature_groups.ts";
import { type GroupError, groupErrors } from "./group_errors.ts";
import { cheapestShares, givenShares } from "./shares.ts";
import type { KindChoice, TypedProblem } from "./typed_mean_field.ts";

/** What was measured on the features of a group. */
export interface GroupMeasurement extends FeatureGroup {
  /** Mean degree; error over features. */
  readonly neuronsPerFeature: Estimate;
  /** Mean and spread of S·E over the nonzeros of S; null where there are none. */
  readonly encoder: { readonly mean: number; readonly spread: number } | null;
  /** The same of S·D. */
  readonly decoder: { readonly mean: number; readonly spread: number } | null;
  /** How much of a feature that is on the output misses. */
  readonly missed: GroupError;
  /** Neurons of a feature and |E| on them that the mean-field theory predicts; null where it does not hold. */
  readonly predicted: KindChoice | null;
}

/** Objectives of the mean-field theory with as many neurons as were measured. */
export interface SharesCost {
  /** With the shares that are best. */
  readonly cheapest: number;
  /** With those of the network. */
  readonly measured: number;
  /** With equal ones. */
  readonly equal: number;
}

/** Key `featureTypes` of `analysis.json`. */
export interface FeatureTypesData {
  /** In the order of the features. */
  readonly groups: readonly GroupMeasurement[];
  /** η²: share of the variance of the degrees that lies between groups; in the null model the degrees are shuffled. */
  readonly betweenGroups: ComparisonWithNull;
  /** Peaks of the density of the corner pairs, folded onto one corner: 1 where all features share one scale. */
  readonly cornerScales: number;
  /** |E| of a cluster that is neither the centre nor above the threshold of S, so that S lacks it; null if there is none. */
  readonly scaleBelowThreshold: number | null;
  /** What the theory says the shares cost; null where it does not hold. */
  readonly theory: SharesCost | null;
  /** Which neurons features share that are on together; null where they are not in blocks. */
  readonly blocks: BlockNeurons | null;
}

const draws = 1000;

/** Measures groups of features; null for a task without types, or where nothing has frozen. */
export async function measureFeatureTypes(
  { config, weights, signs, clusters, device }: Subject,
): Promise<FeatureTypesData | null> {
  const { task, model, training } = config;
  if (task.name !== "typed" || signs.edges === 0) return null;
  const groups = featureGroups(model.features, task);
  const missed = await groupErrors(config, weights, groups, device);
  const problem = problemOf(config, groups);
  const perFeature = signs.edges / signs.features;
  const cheapest = problem && cheapestShares(problem, perFeature);
  const degrees = groups.map((group) => meanDegree(group, signs));
  const costOf = (degrees: readonly number[]) => givenShares(problem!, degrees).objective;
  return {
    groups: groups.map((group, index) => ({
      ...group,
      neuronsPerFeature: degrees[index],
      encoder: onNonzeros(weights.encoder, group, signs),
      decoder: onNonzeros(weights.decoder, group, signs),
      missed: missed[index],
      predicted: cheapest?.kinds[index] ?? null,
    })),
    betweenGroups: betweenGroups(groups, signs, randomStream(training.seed, "feature types")),
    cornerScales: cornerScales(weights, signs),
    scaleBelowThreshold: scaleBelow(clusters),
    theory: cheapest === undefined ? null : {
      cheapest: cheapest.objective,
      measured: costOf(degrees.map(({ value }) => value)),
      equal: costOf(groups.map(() => perFeature)),
    },
    blocks: task.correlation.name === "blocks"
      ? blockNeurons(weights.encoder, signs, task.correlation.blocks, randomStream(training.seed, "block neurons"))
      : null,
  };
}

/** The problem that the theory solves; undefined for a loss, an activation or correlations that it does not hold for. */
function problemOf({ model, task, loss }: Config, kinds: readonly FeatureGroup[]): TypedProblem | undefined {
  const { odd, value: activation } = activations.get(model.activation);
  if (loss.name !== "rebalanced" || !odd || activation === undefined) return undefined;
  if (task.name !== "typed" || task.correlation.name !== "none") return undefined;
  const { lambdaOn, decoderRidge, encoderRidge } = loss;
  const { activeFeatures } = task;
  return { hidden: model.hidden, activeFeatures, lambdaOn, decoderRidge, encoderRidge, activation, kinds };
}

function meanDegree({ first, features }: FeatureGroup, { featureDegrees }: SignMatrix): Estimate {
  const degrees = featureDegrees.subarray(first, first + features);
  return { value: d3.mean(degrees)!, error: features > 1 ? d3.deviation(degrees)! / Math.sqrt(features) : NaN };
}

function onNonzeros(matrix: Float32Array, { first, features }: FeatureGroup, signs: SignMatrix) {
  const { hidden, entries } = signs;
  const values: number[] = [];
  for (let pair = first * hidden; pair < (first + features) * hidden; pair++) {
    if (entries[pair] !== 0) values.push(entries[pair] * matrix[pair]);
  }
  return values.length === 0 ? null : { mean: d3.mean(values)!, spread: spread(values) };
}

/** η² beside draws in which the degrees are dealt out among the features at random. */
export function betweenGroups(
  groups: readonly Pick<FeatureGroup, "first" | "features">[],
  { featureDegrees }: Pick<SignMatrix, "featureDegrees">,
  { integer }: RandomStream,
): ComparisonWithNull {
  const observed = varianceBetween(groups, featureDegrees);
  const shuffled = featureDegrees.slice();
  const drawn = d3.range(draws).map(() => {
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = integer(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
    }
    return varianceBetween(groups, shuffled);
  });
  return compareWithNull(observed, drawn);
}

function varianceBetween(groups: readonly Pick<FeatureGroup, "first" | "features">[], degrees: Int32Array): number {
  const mean = d3.mean(degrees)!;
  const total = d3.sum(degrees, (degree) => (degree - mean) ** 2);
  const between = d3.sum(
    groups,
    ({ first, features }) => features * (d3.mean(degrees.subarray(first, first + features))! - mean) ** 2,
  );
  return total === 0 ? 0 : between / total;
}

/**
 * S is cut where the clusters lie farthest apart. With three scales that may be between the two larger ones: then a cluster in
 * the upper half below the threshold is a scale of its own.
 */
function scaleBelow({ centres, threshold }: Subject["clusters"]): number | null {
  const sizes = centres.map(({ encoder }) => Math.abs(encoder));
  return d3.max(sizes.filter((size) => threshold !== null && size > threshold / 2 && size < threshold)) ?? null;
}

/** How many peaks the corner pairs have, their signs taken out. */
function cornerScales({ encoder, decoder }: Weights, { entries, edges }: SignMatrix): number {
  const pairs = d3.range(entries.length).filter((pair) => entries[pair] !== 0);
  const neighbours = 25;
  if (edges < neighbours) return 1;
  const folded = (matrix: Float32Array) => Float32Array.from(pairs, (pair) => entries[pair] * matrix[pair]);
  return densityModes(folded(encoder), folded(decoder), { neighbours, bins: 256 }).modes.length;
}
