/**
 * The response to the pinning field order by order: first every pair answers the force on it alone, then what the others' answers
 * exert on it, and so on. With B the curvature that a pair feels from itself and H the whole Hessian at the class centres,
 *
 *     δ₁ = B⁻¹f,   δ_{n+1} = −B⁻¹(H − B) δ_n,   Σ_n δ_n = H⁻¹f where the sum converges.
 */
import type { RandomStream } from "../../models/random.ts";
import { addScaled, byMatrix, matrices, scaled, type WeightVector, zeroVector } from "../derivatives/weight_vector.ts";
import {
  type ByCluster,
  byCluster,
  foldedValues,
  type Region,
  regions,
} from "../displacements/displacement_clusters.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import type { ExactHessian } from "../derivatives/exact_hessian.ts";
import type { Metric } from "./pair_metric.ts";

/** δ₁, δ₂, … */
export async function answers(
  field: WeightVector,
  curvature: Pick<ExactHessian, "product">,
  metric: Metric,
  orders: number,
): Promise<WeightVector[]> {
  const found = [metric.solve(field)];
  while (found.length < orders) found.push(await answerTo(found[found.length - 1], curvature, metric));
  return found;
}

/** −B⁻¹(H − B)·δ: what a displacement of the others makes of every pair. */
async function answerTo(
  displacement: WeightVector,
  curvature: Pick<ExactHessian, "product">,
  metric: Metric,
): Promise<WeightVector> {
  return addScaled(displacement, -1, metric.solve(await curvature.product(displacement)));
}

/** Who answers: the other pairs of the same feature, those of the same neuron, those of neither. `own` is what B leaves of a pair's own. */
export const answering: readonly Answering[] = ["feature", "neuron", "neither", "own"];

/** Pairs of the same feature, of the same neuron, of neither, and the pair itself. */
export type Answering = "feature" | "neuron" | "neither" | "own";

/** Shares of the variance of δ₂ in one kind of cluster, by the region of the pairs that answer; all eight add up to 1. */
export type AnswerShares = Readonly<Record<Region, Readonly<Record<Answering, number>>>>;

/**
 * Who makes the second order: its variance in every kind of cluster by the pairs whose first order it answers.
 *
 * The share of a part is its covariance with the whole over the whole's variance. Pairs that share a feature are told from others by
 * signs ±1 drawn for the features: ε∘H(ε∘δ) has the mean of H between them only (Hutchinson), and so for neurons and for both. What the
 * others leave averages out over the weights of a cluster.
 *
 * @param first δ₁
 */
export async function answerShares(
  first: WeightVector,
  curvature: Pick<ExactHessian, "product">,
  metric: Metric,
  signs: SignMatrix,
  random: RandomStream,
  probes: number,
): Promise<ByCluster<AnswerShares>> {
  const { features, hidden, entries } = signs;
  const partsOf = async (region: Region) => {
    const source = masked(first, entries, region);
    const all = await answerTo(source, curvature, metric);
    const [feature, neuron, own] = [0, 1, 2].map(() => zeroVector(entries.length));
    for (let probe = 0; probe < probes; probe++) {
      const ofFeature = Int8Array.from({ length: features }, () => random.uniform() < 0.5 ? -1 : 1);
      const ofNeuron = Int8Array.from({ length: hidden }, () => random.uniform() < 0.5 ? -1 : 1);
      const probed = async (sum: WeightVector, sign: (pair: number) => number) => {
        const turned = (vector: WeightVector) =>
          byMatrix((matrix) => vector[matrix].map((value, pair) => sign(pair) * value));
        const answer = turned(await answerTo(turned(source), curvature, metric));
        for (const matrix of matrices) answer[matrix].forEach((value, pair) => sum[matrix][pair] += value / probes);
      };
      await probed(feature, (pair) => ofFeature[Math.floor(pair / hidden)]);
      await probed(neuron, (pair) => ofNeuron[pair % hidden]);
      await probed(own, (pair) => ofFeature[Math.floor(pair / hidden)] * ofNeuron[pair % hidden]);
    }
    const neither = addScaled(addScaled(addScaled(all, -1, feature), -1, neuron), 1, own);
    return { all, feature: addScaled(feature, -1, own), neuron: addScaled(neuron, -1, own), neither, own };
  };
  const parts = { centre: await partsOf("centre"), corner: await partsOf("corner") };
  const whole = foldedValues(addScaled(parts.centre.all, 1, parts.corner.all), signs);
  const folded = (region: Region) =>
    Object.fromEntries(answering.map((who) => [who, foldedValues(parts[region][who], signs)]));
  const values = { centre: folded("centre"), corner: folded("corner") };
  return byCluster((matrix, region) => {
    const total = whole[matrix][region];
    const shareOf = (source: Region, who: Answering) =>
      covariance(values[source][who][matrix][region], total) / covariance(total, total);
    const sharesOf = (source: Region) =>
      Object.fromEntries(answering.map((who) => [who, shareOf(source, who)])) as Record<Answering, number>;
    return Object.fromEntries(regions.map((source) => [source, sharesOf(source)])) as Record<
      Region,
      Record<Answering, number>
    >;
  });
}

function masked(vector: WeightVector, entries: Int8Array, region: Region): WeightVector {
  return byMatrix((matrix) =>
    vector[matrix].map((value, pair) => (entries[pair] === 0) === (region === "centre") ? value : 0)
  );
}

function covariance(a: Float32Array, b: Float32Array): number {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const [left, right] = [mean(a), mean(b)];
  return a.reduce((sum, value, index) => sum + (value - left) * (b[index] - right), 0) / Math.max(1, a.length);
}

/** δ₁ + … + δ_n for every n. */
export function partialSums(orders: readonly WeightVector[]): WeightVector[] {
  let sum = scaled(0, orders[0]);
  return orders.map((order) => sum = addScaled(sum, 1, order));
}
