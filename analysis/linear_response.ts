/** The linear response to the pinning field: δ = −(H + μB)⁻¹ ∇L, and what the solve met on its way. */
import type { Config } from "../models/config.ts";
import { conjugateGradients, type LinearSolution } from "./conjugate_gradients.ts";
import {
  applyCurvature,
  curvatureClasses,
  pairCurvature,
  positiveCurvature,
  solveCurvature,
} from "./pair_curvature.ts";
import { sampledHessian, type SampleSet } from "./sampled_derivatives.ts";
import type { SignMatrix } from "./sign_matrix.ts";
import { scaled, type WeightVector } from "./weight_vector.ts";

/** Options of `linearResponse`. */
export interface LinearResponseOptions extends SampleSet {
  /** μ, in units of the curvature that a pair feels from itself; raised fourfold as long as H + μB is not positive. */
  readonly damping: number;
  /** Most Hessian-vector products for one μ. @default 12 */
  readonly iterations?: number;
  /** Residual at which the solve ends. @default 0.03 */
  readonly tolerance?: number;
}

/** The response and a record of the solve. */
export interface LinearResponse extends Omit<LinearSolution, "solution"> {
  readonly displacement: WeightVector;
  /** The μ that was used in the end. */
  readonly damping: number;
  /** The least curvature vᵀHv / vᵀBv that any attempt met; below 0 the ideal configuration is no minimum along v. */
  readonly leastCurvature: number;
  /** How many of the classes of pairs have a 2×2 block that is not positive: unstable without any neighbour's help. */
  readonly unstableClasses: { readonly count: number; readonly of: number };
}

/** Attempts with more and more damping; 4⁵ times the curvature of a pair makes any direction positive. */
const attempts = 6;
/** Eigenvalues of the preconditioner's blocks are at least this fraction of the mean curvature. */
const curvatureFloor = 0.3;

/**
 * Solves for the displacement from `weights` at which, to first order, the field vanishes.
 *
 * @param weights where the field was measured
 * @param gradient ∇L there, minus the field
 * @param matrix S: which weights are alike
 */
export async function linearResponse(
  config: Config,
  weights: WeightVector,
  gradient: WeightVector,
  matrix: SignMatrix,
  { damping, iterations = 12, tolerance = 0.03, ...set }: LinearResponseOptions,
): Promise<LinearResponse> {
  const hessian = sampledHessian(config, weights, set);
  const curvature = await pairCurvature(hessian, curvatureClasses(matrix), { seed: set.seed });
  const blocks = positiveCurvature(curvature, curvatureFloor);
  const present = [...new Set(curvature.classOf)];
  const unstable = present.filter((own) =>
    curvature.encoder[own] <= 0 || curvature.encoder[own] * curvature.decoder[own] <= curvature.mixed[own] ** 2
  );
  let leastCurvature = Infinity;
  let products = 0;
  let used = damping;
  for (let attempt = 1;; attempt++) {
    const solved = await conjugateGradients({
      product: hessian.product,
      metric: (v) => applyCurvature(blocks, v),
      solveMetric: (v) => solveCurvature(blocks, v),
      rightSide: scaled(-1, gradient),
      damping: used,
      tolerance,
      iterations,
    });
    products += solved.products;
    leastCurvature = Math.min(leastCurvature, solved.leastCurvature);
    if (!solved.negative || attempt === attempts) {
      return {
        displacement: solved.solution,
        residual: solved.residual,
        negative: solved.negative,
        products,
        leastCurvature,
        damping: used,
        unstableClasses: { count: unstable.length, of: present.length },
      };
    }
    used *= 4;
  }
}
