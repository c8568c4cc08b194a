/** All singular values of S, and the law that independent entries would follow. */
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { SignMatrix } from "../signs/sign_matrix.ts";

/** A point of a probability density. */
export interface DensityAt {
  /** The variable. */
  readonly value: number;
  /** Probability per unit of it. */
  readonly density: number;
}

/** The spectrum of S. */
export interface SingularSpectrum {
  /** All min(d, h) singular values, ascending. */
  readonly values: readonly number[];
  /** Marchenko and Pastur's density of the singular values, at points across its support. */
  readonly law: readonly DensityAt[];
}

/** Where the law ends, and how many of the values lie beyond. */
export function beyondLaw({ values, law }: SingularSpectrum): { edge: number; beyond: number } {
  const edge = law[law.length - 1].value;
  return { edge, beyond: values.filter((value) => value > edge).length };
}

/**
 * The singular values of S through the eigenvalues of the smaller Gram matrix; 3 s for a thousand rows.
 * See {@linkcode randomGraphTests}.
 *
 * @param signs S, not zero
 */
export function singularSpectrum(signs: SignMatrix): SingularSpectrum {
  const { features, hidden, edges } = signs;
  const { realEigenvalues } = new EigenvalueDecomposition(smallerGram(signs), { assumeSymmetric: true });
  return {
    values: realEigenvalues.map((value) => Math.sqrt(Math.max(0, value))).sort((a, b) => a - b),
    law: marchenkoPastur(features, hidden, edges / (features * hidden)),
  };
}

/**
 * The density of the singular values of a large matrix of independent entries with mean zero.
 *
 * With m ≥ n the two sides and v the variance, λ = s²/(m·v) has the density √((λ₊ − λ)(λ − λ₋)) / (2π (n/m) λ) between
 * λ± = (1 ± √(n/m))² (Marchenko and Pastur, Math. USSR Sb. 1 (1967)).
 *
 * @param variance of an entry; p for signs of density p
 * @param points across the support
 */
export function marchenkoPastur(features: number, hidden: number, variance: number, points = 200): DensityAt[] {
  const [small, large] = [Math.min(features, hidden), Math.max(features, hidden)];
  const ratio = small / large;
  const unit = Math.sqrt(large * variance);
  const [low, high] = [1 - Math.sqrt(ratio), 1 + Math.sqrt(ratio)];
  return Array.from({ length: points }, (_, index) => {
    const root = low + (high - low) * index / (points - 1);
    const lambda = root ** 2;
    const inside = Math.max(0, (high ** 2 - lambda) * (lambda - low ** 2));
    // dλ = 2 √λ d√λ; at the origin of a square matrix the limit is 1/π per unit of √λ.
    const density = lambda === 0 ? 1 / Math.PI : Math.sqrt(inside) / (Math.PI * ratio * root);
    return { value: root * unit, density: density / unit };
  });
}

/** SᵀS or SSᵀ, whichever is smaller, from the edges of each node of the larger side. */
function smallerGram({ features, hidden, byFeature, byNeuron }: SignMatrix): Matrix {
  const size = Math.min(features, hidden);
  const gram = Matrix.zeros(size, size);
  const { start, indices, signs } = hidden > features ? byNeuron : byFeature;
  for (let node = 0; node + 1 < start.length; node++) {
    for (let first = start[node]; first < start[node + 1]; first++) {
      for (let second = start[node]; second < start[node + 1]; second++) {
        const [row, column] = [indices[first], indices[second]];
        gram.set(row, column, gram.get(row, column) + signs[first] * signs[second]);
      }
    }
  }
  return gram;
}
