/** The values that the weights take on the nonzeros of S, told apart by how many neurons the feature has. */
import * as d3 from "d3-array";
import type { Weights } from "../../models/network/network_weights.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { spread } from "../statistics/moments.ts";

/** The pairs on nonzeros of S whose features have one degree. */
export interface DegreeValues {
  /** Neurons of the feature. */
  readonly degree: number;
  /** Whether the neuron serves other features too. */
  readonly shared: boolean;
  /** How many pairs the group has. */
  readonly pairs: number;
  /** Mean and standard deviation of S·E. */
  readonly encoder: { readonly mean: number; readonly spread: number };
  /** Mean and standard deviation of S·D. */
  readonly decoder: { readonly mean: number; readonly spread: number };
}

/**
 * Groups the weight pairs on nonzeros of S by the degree of the feature and by whether the neuron is shared.
 *
 * Without superposition nothing else is left to tell features apart, so each group should be one exact value. Signs are
 * taken out, since flipping a neuron changes nothing in an odd network. See {@linkcode signStructure}.
 *
 * @returns groups in order of degree, own neurons before shared ones
 */
export function valuesByDegree({ encoder, decoder }: Weights, signs: SignMatrix): DegreeValues[] {
  const { features, hidden, entries, featureDegrees, neuronDegrees } = signs;
  const groups = new Map<string, { degree: number; shared: boolean; pairs: number[] }>();
  for (let feature = 0; feature < features; feature++) {
    for (const neuron of signs.neuronsOf(feature).indices) {
      const degree = featureDegrees[feature];
      const shared = neuronDegrees[neuron] > 1;
      const key = `${degree} ${shared}`;
      const group = groups.get(key) ?? { degree, shared, pairs: [] };
      group.pairs.push(feature * hidden + neuron);
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .sort((a, b) => a.degree - b.degree || Number(a.shared) - Number(b.shared))
    .map(({ degree, shared, pairs }) => ({
      degree,
      shared,
      pairs: pairs.length,
      encoder: moments(pairs.map((pair) => entries[pair] * encoder[pair])),
      decoder: moments(pairs.map((pair) => entries[pair] * decoder[pair])),
    }));
}

function moments(values: readonly number[]): { mean: number; spread: number } {
  return { mean: d3.mean(values)!, spread: spread(values) };
}
