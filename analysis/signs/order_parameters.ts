/** Order parameters: few numbers that tell the phases of a network apart. */
import { sum } from "d3-array";
import type { Weights } from "../../models/network/network_weights.ts";
import { valuesByDegree } from "../clusters/values_by_degree.ts";
import { overlapSums } from "../pinning_field/local_theory.ts";
import { pairOverlaps } from "./overlaps.ts";
import type { SignMatrix } from "./sign_matrix.ts";

/** Key `order` of `analysis.json`. */
export interface OrderParameters {
  /** Spread of E within its values (one for each degree of the feature, shared neurons apart), in units of c. */
  readonly spreadWithinValues: number;
  /** Share of all weights with |E| between c/4 and 3c/4: those that have not frozen into a value or zero. */
  readonly unfrozenShare: number;
  /** Entropy of the number of neurons of a feature, in nats. */
  readonly featureDegreeEntropy: number;
  /** Entropy of the number of features of a neuron, in nats. */
  readonly neuronDegreeEntropy: number;
  /** 4-cycles a feature: ways in which it shares two neurons with another. */
  readonly fourCyclesPerFeature: number;
  /** Share of the 4-cycles whose four signs multiply to −1; 0.5 for independent signs, NaN where there are no 4-cycles. */
  readonly frustratedShare: number;
  /** Mean number of terms that the sum over overlaps, S Sᵀ S, has at a zero of S. */
  readonly overlapsPerWeight: number;
  /** Excess kurtosis of S Sᵀ S over the zeros of S: what displacements in the centre have if they are that sum. */
  readonly overlapKurtosis: number;
}

/**
 * Measures the order parameters; null where nothing has frozen, as S has no nonzeros. See {@linkcode signStructure}.
 *
 * @param weights the network that S was read from
 * @param signs S
 */
export function orderParameters(weights: Weights, signs: SignMatrix): OrderParameters | null {
  const { edges, features, entries, byFeature, byNeuron, featureDegrees, neuronDegrees } = signs;
  if (edges === 0) return null;
  const values = valuesByDegree(weights, signs);
  const amplitude = sum(values, ({ pairs, encoder }) => pairs * encoder.mean) / edges;
  const variance = sum(values, ({ pairs, encoder }) => pairs * encoder.spread ** 2) / edges;
  let unfrozen = 0;
  for (const weight of weights.encoder) {
    if (Math.abs(weight) > amplitude / 4 && Math.abs(weight) < 3 * amplitude / 4) unfrozen++;
  }
  const { fourCycles, signedFourCycles } = pairOverlaps(byFeature, byNeuron);
  const { walks, excessKurtosis } = overlapSums(signs);
  return {
    spreadWithinValues: Math.sqrt(variance) / amplitude,
    unfrozenShare: unfrozen / entries.length,
    featureDegreeEntropy: entropy(featureDegrees),
    neuronDegreeEntropy: entropy(neuronDegrees),
    fourCyclesPerFeature: 2 * fourCycles / features,
    frustratedShare: fourCycles === 0 ? NaN : (1 - signedFourCycles / fourCycles) / 2,
    overlapsPerWeight: walks,
    overlapKurtosis: excessKurtosis,
  };
}

/** Entropy of the distribution of some whole numbers, in nats. */
function entropy(numbers: Int32Array): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  // A sum over −p·ln p would begin with −0.
  return sum(counts.values(), (count) => count / numbers.length * Math.log(numbers.length / count));
}
