/** The connected components of S: features and neurons that have nothing to do with any others. */
import * as d3 from "d3-array";
import type { SignMatrix } from "./sign_matrix.ts";

/** Features and neurons that hang together by nonzeros of S. A neuron without features is in none. */
export interface Component {
  /** Features, ascending. */
  readonly features: readonly number[];
  /** Neurons, ascending; none for a feature without any. */
  readonly neurons: readonly number[];
  /** How many neurons each of its features has, where all have as many; else null. */
  readonly degree: number | null;
  /** Whether any two of its features are orthogonal: their signs on common neurons add up to 0. True of a single feature. */
  readonly orthogonal: boolean;
}

/**
 * Finds the components, by a walk over the edges.
 *
 * A component of n features and n neurons with one degree k and orthogonal features is a weighing matrix W(n, k), S Sᵀ = k·I; for
 * k = n, a Hadamard matrix.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { components } from "./components.ts";
 * import { signMatrix } from "./sign_matrix.ts";
 * const [block, alone] = components(signMatrix(3, 3, Int8Array.of(1, 1, 0, 1, -1, 0, 0, 0, 1)));
 * assertEquals([block.features, block.degree, block.orthogonal], [[0, 1], 2, true]);
 * assertEquals(alone.neurons, [2]);
 * ```
 */
export function components(signs: SignMatrix): Component[] {
  const { features, byFeature, byNeuron, featureDegrees } = signs;
  const seen = new Uint8Array(features);
  const found: Component[] = [];
  for (let first = 0; first < features; first++) {
    if (seen[first] === 1) continue;
    seen[first] = 1;
    const own = [first];
    const neurons = new Set<number>();
    for (const feature of own) {
      for (let edge = byFeature.start[feature]; edge < byFeature.start[feature + 1]; edge++) {
        const neuron = byFeature.indices[edge];
        if (neurons.has(neuron)) continue;
        neurons.add(neuron);
        for (let back = byNeuron.start[neuron]; back < byNeuron.start[neuron + 1]; back++) {
          const other = byNeuron.indices[back];
          if (seen[other] === 0) {
            seen[other] = 1;
            own.push(other);
          }
        }
      }
    }
    const degrees = own.map((feature) => featureDegrees[feature]);
    found.push({
      features: d3.sort(own),
      neurons: d3.sort(neurons),
      degree: degrees.every((degree) => degree === degrees[0]) ? degrees[0] : null,
      orthogonal: areOrthogonal(signs, own),
    });
  }
  return found;
}

function areOrthogonal({ hidden, entries, byFeature }: SignMatrix, features: readonly number[]): boolean {
  return features.every((feature, index) =>
    features.slice(0, index).every((other) => {
      let overlap = 0;
      for (let edge = byFeature.start[feature]; edge < byFeature.start[feature + 1]; edge++) {
        overlap += byFeature.signs[edge] * entries[other * hidden + byFeature.indices[edge]];
      }
      return overlap === 0;
    })
  );
}
