/** Whether a point is a minimum: the smallest eigenvalues of the Hessian there. */
import { innerProduct, matrices, type WeightVector } from "../derivatives/weight_vector.ts";
import type { ExactHessian } from "../derivatives/exact_hessian.ts";
import { type ByCluster, byCluster, pairsByRegion } from "../displacements/displacement_clusters.ts";
import { type LanczosOptions, smallestEigenvalues } from "../numerics/lanczos.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import type { Metric } from "./pair_metric.ts";

/** The softest directions, in units of the curvature that a pair feels from itself. */
export interface SoftModes {
  /** The smallest Ritz values of Lanczos' iteration, ascending: θ, never below the smallest eigenvalue, and |H·v − θB·v|, within which there is an eigenvalue. */
  readonly values: readonly { readonly value: number; readonly residual: number }[];
  /** Where the softest direction has its weight: shares of vᵀBv, which add up to 1. */
  readonly weightOf: ByCluster<number>;
  /** On how many pairs that is, as (Σ w)² / Σ w² over their weights. */
  readonly participation: number;
}

/** How many are looked for, and the residual at which they are known. */
const [wanted, tolerance] = [3, 0.002];

/** The smallest eigenvalues of H·v = θ B·v. */
export async function softModes(
  { product }: Pick<ExactHessian, "product">,
  metric: Metric,
  signs: SignMatrix,
  options: Pick<LanczosOptions, "products" | "seed" | "guess">,
): Promise<SoftModes> {
  const found = await smallestEigenvalues(
    { product, metric: metric.apply, solveMetric: metric.solve, length: signs.entries.length },
    { wanted, tolerance, ...options },
  );
  return {
    values: found.map(({ value, residual }) => ({ value, residual })),
    ...placeOf(found[0].vector, metric, signs),
  };
}

/** Where a vector has its weight. */
function placeOf(vector: WeightVector, metric: Metric, signs: SignMatrix) {
  const dual = metric.apply(vector);
  const pairs = pairsByRegion(signs);
  const whole = innerProduct(vector, dual);
  const perPair = new Float64Array(signs.entries.length);
  for (const matrix of matrices) {
    for (let pair = 0; pair < perPair.length; pair++) perPair[pair] += vector[matrix][pair] * dual[matrix][pair];
  }
  return {
    weightOf: byCluster((matrix, region) =>
      pairs[region].reduce((total, pair) => total + vector[matrix][pair] * dual[matrix][pair], 0) / whole
    ),
    participation: whole ** 2 / perPair.reduce((total, weight) => total + weight ** 2, 0),
  };
}
