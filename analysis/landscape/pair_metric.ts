/** What a pair feels from itself, as a positive map that resembles the Hessian: unit of curvatures, and preconditioner. */
import {
  applyCurvature,
  curvatureClasses,
  pairCurvature,
  positiveCurvature,
  solveCurvature,
} from "../derivatives/pair_curvature.ts";
import type { WeightVector } from "../derivatives/weight_vector.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import type { ExactHessian } from "../derivatives/exact_hessian.ts";

/** A positive map B that is easily inverted. */
export interface Metric {
  /** B·v. */
  apply(v: WeightVector): WeightVector;
  /** B⁻¹·v. */
  solve(v: WeightVector): WeightVector;
}

/** Eigenvalues of a pair's own curvature are at least this fraction of the mean. */
const curvatureFloor = 0.3;

/** Measures it with a Hessian near the minimum. */
export async function pairMetric(
  curvature: Pick<ExactHessian, "product">,
  signs: SignMatrix,
  seed: number,
): Promise<Metric> {
  const own = positiveCurvature(await pairCurvature(curvature, curvatureClasses(signs), { seed }), curvatureFloor);
  return { apply: (v) => applyCurvature(own, v), solve: (v) => solveCurvature(own, v) };
}
