/** The frozen signs S and their sparse view: a bipartite graph of features and neurons whose edges carry a sign. */

/** S ∈ {−1, 0, 1}, feature-major like the weights: entry `feature * hidden + neuron`. */
export interface SignMatrix {
  /** Number of features, d. */
  readonly features: number;
  /** Number of neurons, h. */
  readonly hidden: number;
  /** S at `feature * hidden + neuron`; length d·h. */
  readonly signs: Int8Array;
}

/** The number of nonzeros of S, which are the edges of its graph. */
export function edgeCount({ signs }: Pick<SignMatrix, "signs">): number {
  return signs.reduce((edges, sign) => edges + Math.abs(sign), 0);
}

/** The nonzeros of one feature or of one neuron. */
export interface Neighbours {
  /** Who is at the other end, in ascending order. */
  readonly indices: Int32Array;
  /** The signs of these edges, −1 or 1, in the same order. */
  readonly signs: Int8Array;
}

/** All nonzeros, grouped by one side: those of node n stand at `start[n]` … `start[n + 1] − 1`. */
export interface Incidence {
  /** Where each node's edges begin; one more entry than there are nodes. */
  readonly start: Int32Array;
  /** Who is at the other end, ascending within a node. */
  readonly indices: Int32Array;
  /** The signs, −1 or 1. */
  readonly signs: Int8Array;
}

/** The nonzeros of S seen from both sides. */
export interface SignAdjacency {
  /** Number of features, d. */
  readonly features: number;
  /** Number of neurons, h. */
  readonly hidden: number;
  /** Number of nonzeros of S. */
  readonly edges: number;
  /** The edges grouped by feature. */
  readonly byFeature: Incidence;
  /** The edges grouped by neuron. */
  readonly byNeuron: Incidence;
  /** The neurons on which a feature sits. */
  neuronsOf(feature: number): Neighbours;
  /** The features that a neuron serves. */
  featuresOf(neuron: number): Neighbours;
}

/**
 * The sparse view of S.
 *
 * @param matrix S
 * @returns its adjacency; the arrays it hands out are views, not copies
 * @throws {RangeError} if the number of entries is not d·h or an entry is not −1, 0 or 1
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { signAdjacency } from "./sign_matrix.ts";
 * const graph = signAdjacency({ features: 2, hidden: 2, signs: Int8Array.of(1, -1, 0, 1) });
 * assertEquals([...graph.neuronsOf(0).indices], [0, 1]);
 * assertEquals([...graph.featuresOf(1).signs], [-1, 1]);
 * ```
 */
export function signAdjacency(matrix: SignMatrix): SignAdjacency {
  const { features, hidden, signs } = matrix;
  if (signs.length !== features * hidden) {
    throw new RangeError(`S must have ${features}·${hidden} entries, got ${signs.length}.`);
  }
  const featureStart = new Int32Array(features + 1);
  const neuronStart = new Int32Array(hidden + 1);
  for (let feature = 0, entry = 0; feature < features; feature++) {
    for (let neuron = 0; neuron < hidden; neuron++, entry++) {
      const sign = signs[entry];
      if (sign === 0) continue;
      if (sign !== 1 && sign !== -1) throw new RangeError(`S must hold −1, 0 and 1 only, got ${sign}.`);
      featureStart[feature + 1]++;
      neuronStart[neuron + 1]++;
    }
  }
  for (let feature = 0; feature < features; feature++) featureStart[feature + 1] += featureStart[feature];
  for (let neuron = 0; neuron < hidden; neuron++) neuronStart[neuron + 1] += neuronStart[neuron];

  const edges = featureStart[features];
  const byFeature = { start: featureStart, indices: new Int32Array(edges), signs: new Int8Array(edges) };
  const byNeuron = { start: neuronStart, indices: new Int32Array(edges), signs: new Int8Array(edges) };
  const next = neuronStart.slice(0, hidden);
  for (let feature = 0, entry = 0, edge = 0; feature < features; feature++) {
    for (let neuron = 0; neuron < hidden; neuron++, entry++) {
      const sign = signs[entry];
      if (sign === 0) continue;
      byFeature.indices[edge] = neuron;
      byFeature.signs[edge++] = sign;
      byNeuron.indices[next[neuron]] = feature;
      byNeuron.signs[next[neuron]++] = sign;
    }
  }
  return {
    features,
    hidden,
    edges,
    byFeature,
    byNeuron,
    neuronsOf: (feature) => neighbours(byFeature, feature),
    featuresOf: (neuron) => neighbours(byNeuron, neuron),
  };
}

function neighbours({ start, indices, signs }: Incidence, node: number): Neighbours {
  return {
    indices: indices.subarray(start[node], start[node + 1]),
    signs: signs.subarray(start[node], start[node + 1]),
  };
}

/** The class of every corner pair, ascending in pairs: how many neurons its feature sits on. */
export function cornerClasses(matrix: SignMatrix): Int32Array {
  const degreeOf = degrees(signAdjacency(matrix).byFeature);
  const pairs = Array.from(matrix.signs.keys()).filter((pair) => matrix.signs[pair] !== 0);
  return Int32Array.from(pairs, (pair) => degreeOf[Math.floor(pair / matrix.hidden)]);
}

/** The number of edges of every node on one side. */
export function degrees({ start }: Incidence): Int32Array {
  return start.slice(1).map((end, node) => end - start[node]);
}
