/** The values that the weights take on the nonzeros of S, told apart by how many neurons the feature has. */
import type { Weights } from "../../models/network/weights.ts";
import { degrees, signAdjacency, type SignMatrix } from "../signs/sign_matrix.ts";

/** The pairs on nonzeros of S whose features have one degree. */
export interface DegreeValues {
  /** Neurons of the feature. */
  readonly degree: number;
  /** Whether the neuron serves other features too. */
  readonly shared: boolean;
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
 * taken out, since flipping a neuron changes nothing in an odd network.
 *
 * @returns groups in order of degree, own neurons before shared ones
 */
export function valuesByDegree({ encoder, decoder }: Weights, matrix: SignMatrix): DegreeValues[] {
  const { features, hidden, signs } = matrix;
  const graph = signAdjacency(matrix);
  const featureDegrees = degrees(graph.byFeature);
  const neuronDegrees = degrees(graph.byNeuron);
  const groups = new Map<string, { degree: number; shared: boolean; places: number[] }>();
  for (let feature = 0; feature < features; feature++) {
    for (const neuron of graph.neuronsOf(feature).indices) {
      const degree = featureDegrees[feature];
      const shared = neuronDegrees[neuron] > 1;
      const key = `${degree} ${shared}`;
      const group = groups.get(key) ?? { degree, shared, places: [] };
      group.places.push(feature * hidden + neuron);
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .sort((a, b) => a.degree - b.degree || Number(a.shared) - Number(b.shared))
    .map(({ degree, shared, places }) => ({
      degree,
      shared,
      pairs: places.length,
      encoder: moments(places.map((place) => signs[place] * encoder[place])),
      decoder: moments(places.map((place) => signs[place] * decoder[place])),
    }));
}

function moments(values: readonly number[]): { mean: number; spread: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(squares / values.length) };
}
