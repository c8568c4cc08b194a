/** Conjugate gradients for (H + μB) x = b, H a symmetric map that need not be positive. */
import { addScaled, innerProduct, type WeightVector, zeroVector } from "../derivatives/weight_vector.ts";

/** What to solve, and how far. */
export interface LinearSystem {
  /** H·v. */
  product(v: WeightVector): Promise<WeightVector>;
  /** B·v, B positive: the metric of the damping and of the residual. */
  metric(v: WeightVector): WeightVector;
  /** B⁻¹·v. */
  solveMetric(v: WeightVector): WeightVector;
  /** b. */
  readonly rightSide: WeightVector;
  /** μ. */
  readonly damping: number;
  /** Stop when the residual, in the metric B⁻¹, is this fraction of b. */
  readonly tolerance: number;
  /** Stop after as many products at the latest. */
  readonly iterations: number;
}

/** Where the iteration ended. */
export interface LinearSolution {
  /** x. */
  readonly solution: WeightVector;
  /** |b − (H + μB)x| / |b| in the metric B⁻¹, as the recurrence has it. */
  readonly residual: number;
  /** Products H·v that were needed. */
  readonly products: number;
  /** The least vᵀHv / vᵀBv over the directions that were searched. */
  readonly leastCurvature: number;
  /**
   * Whether a direction with vᵀHv < −½ μ vᵀBv ended the iteration: the solution is that of the directions before. Nearer to
   * −μ, H + μB is almost singular and a step along v unreliable.
   */
  readonly negative: boolean;
}

/** Preconditioned conjugate gradients (Hestenes and Stiefel 1952), ended at negative curvature (Steihaug 1983). */
export async function conjugateGradients(system: LinearSystem): Promise<LinearSolution> {
  const { rightSide, damping, tolerance, iterations } = system;
  let solution = zeroVector(rightSide.encoder.length);
  let residual = rightSide;
  let descent = system.solveMetric(residual);
  let direction = descent;
  const initial = innerProduct(residual, descent);
  let remaining = initial;
  let leastCurvature = Infinity;
  let products = 0;
  while (products < iterations && remaining > tolerance ** 2 * initial) {
    const metric = system.metric(direction);
    const bare = await system.product(direction);
    products++;
    const image = addScaled(bare, damping, metric);
    const bareCurvature = innerProduct(direction, bare) / innerProduct(direction, metric);
    leastCurvature = Math.min(leastCurvature, bareCurvature);
    const curvature = innerProduct(direction, image);
    if (curvature <= 0 || bareCurvature < -damping / 2) {
      return { solution, residual: Math.sqrt(remaining / initial), products, leastCurvature, negative: true };
    }
    const length = remaining / curvature;
    solution = addScaled(solution, length, direction);
    residual = addScaled(residual, -length, image);
    descent = system.solveMetric(residual);
    const next = innerProduct(residual, descent);
    direction = addScaled(descent, next / remaining, direction);
    remaining = next;
  }
  const relative = initial === 0 ? 0 : Math.sqrt(remaining / initial);
  return { solution, residual: relative, products, leastCurvature, negative: false };
}
