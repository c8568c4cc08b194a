/** The linear response to the pinning field: δ = −(H + μB)⁻¹ ∇L, and what the solve met on its way. */
import type { Config } from "../../models/experiment/config.ts";
import { conjugateGradients, type LinearSolution } from "../numerics/conjugate_gradients.ts";
import { applyCurvature, type PairCurvature, positiveCurvature, solveCurvature } from "./pair_curvature.ts";
import { sampledHessian } from "./sampled_hessian.ts";
import type { SampleSet } from "./sample_set.ts";
import { scaled, type WeightVector } from "./weight_vector.ts";

/** Options of `linearResponse`. */
export interface LinearResponseOptions extends SampleSet {
  /** μ, in units of the curvature that a pair feels from itself; doubled as long as H is below −½ μB somewhere. */
  readonly damping: number;
}

/** The response and a record of the solve. */
export interface LinearResponse extends Omit<LinearSolution, "solution"> {
  /** δ. */
  readonly displacement: WeightVector;
  /** The μ that was used in the end. */
  readonly damping: number;
  /** The least curvature vᵀHv / vᵀBv that any attempt met; below 0 the ideal configuration is no minimum along v. */
  readonly leastCurvature: number;
}

/** Attempts with more and more damping; 2⁹ times the curvature of a pair makes any direction positive. */
const attempts = 10;
/** Most Hessian-vector products for one μ. */
const iterations = 12;
/** Residual at which the solve ends: the gradient is not known better. */
const tolerance = 0.05;
/** Eigenvalues of the preconditioner's blocks are at least this fraction of the mean curvature. */
const curvatureFloor = 0.3;

/**
 * Solves for the displacement from `weights` at which, to first order, the field vanishes.
 *
 * @param weights where the field was measured
 * @param gradient ∇L there, minus the field
 * @param curvature what a pair feels from itself, thereabouts: it preconditions the solve and is the unit of the damping
 */
export async function linearResponse(
  config: Config,
  weights: WeightVector,
  gradient: WeightVector,
  curvature: PairCurvature,
  { damping, ...set }: LinearResponseOptions,
): Promise<LinearResponse> {
  const hessian = sampledHessian(config, weights, set);
  const blocks = positiveCurvature(curvature, curvatureFloor);
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
      };
    }
    used *= 2;
  }
}
