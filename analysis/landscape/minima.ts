/** The minima that several starts lead to, and whether they are one. */
import { type SignChanges, signChanges } from "../basins/basin_descent.ts";
import { addScaled, type ByMatrix, byMatrix, type WeightVector } from "../derivatives/weight_vector.ts";
import { type ByCluster, byCluster, foldedValues } from "../displacements/displacement_clusters.ts";
import { amplitudeOf } from "../displacements/ideal_configuration.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { type Descended, type Slope, slopeDescent } from "../numerics/slope_descent.ts";
import type { Metric } from "./pair_metric.ts";
import type { Waypoints } from "./waypoints.ts";

/** Where a descent begins: learned weights, c·S with its optimal decoder, class centres, class centres with noise of the clusters' spread. */
export type StartName = "learned" | "oneAmplitude" | "classCentres" | "perturbed1" | "perturbed2";

/** A descent in numbers. */
export interface DescentRecord {
  /** Where it began. */
  readonly start: StartName;
  /** The objective at the start. */
  readonly before: number;
  /** The objective at the end. */
  readonly objective: number;
  /** |∂L/∂w| at the end over that at the class centres. */
  readonly force: ByMatrix<number>;
  /** Steps that it took. */
  readonly steps: number;
  /** Exact slopes that were asked for. */
  readonly slopes: number;
  /** Entries of S by which the end differs from the minimum of the learned weights. */
  readonly changes: SignChanges;
  /** Root mean square distance to the minimum of the learned weights, in units of the spread of the displacements there. */
  readonly distance: ByCluster<number>;
}

/** What a descent is told. */
export interface DescentTask {
  readonly start: StartName;
  readonly from: WeightVector;
  /** Where it goes down from, where that is not the start itself but some way after it. */
  readonly by?: WeightVector;
  /** The exact slope near some weights, on one smooth function for all of them, with harmonics down to a tolerance. */
  readonly slopeNear: (
    reference: WeightVector,
    tolerance: number,
  ) => (at: WeightVector) => Promise<Slope>;
  readonly metric: Metric;
  /** No weight moves farther than this in a step. */
  readonly longest: number;
  /** |∂L/∂w| of the pinning field. */
  readonly fieldNorm: ByMatrix<number>;
  /** Force, in units of the field's, at which the descent ends. */
  readonly forceLeft: number;
  /** Steps after which it is given up. */
  readonly mostSteps: number;
  /** Where the last point is kept. */
  readonly waypoints: Waypoints;
  /** Told of every step. */
  readonly onStep: (steps: number, force: number, objective: number) => void;
}

/** The objective at the start of a descent, and its end. */
export interface Descent {
  readonly before: number;
  readonly end: Descended;
}

/** Harmonics of the bulk of the way, of its end, and of the force that is reported there. */
const [roughTolerance, fineTolerance, finestTolerance] = [1e-5, 1e-7, 1e-8];
/** Force at which the rough function is no guide any more, and the share of the wanted force at which the fine one ends. */
const [roughForce, share] = [1e-3, 0.8];

/** Goes down until the force is small enough. A descent that was interrupted goes on where it was. */
export async function descendTo(task: DescentTask): Promise<Descent> {
  const { start, from, by = from, slopeNear, metric, longest, fieldNorm, forceLeft, mostSteps, waypoints, onStep } =
    task;
  const kept = await waypoints.read(start, from);
  const before = kept?.before ?? (await slopeNear(from, roughTolerance)(from)).objective;
  let { weights, steps, slopes } = kept ?? { weights: by, steps: 0, slopes: 0 };
  if (kept !== undefined) {
    const there = await slopeNear(weights, finestTolerance)(weights);
    slopes++;
    if (largestForce(there.gradient, fieldNorm) <= forceLeft) {
      return { before, end: { ...there, weights, steps, slopes } };
    }
  }
  const phases = [
    { tolerance: roughTolerance, until: Math.max(roughForce, forceLeft) },
    { tolerance: fineTolerance, until: share * forceLeft },
  ].slice(0, forceLeft < roughForce ? 2 : 1);
  for (const { tolerance, until } of phases) {
    const begun = { steps, slopes };
    const problem = { slope: slopeNear(weights, tolerance), precondition: metric.solve, longest };
    for await (const at of slopeDescent(problem, weights)) {
      ({ weights } = at);
      [steps, slopes] = [begun.steps + at.steps, begun.slopes + at.slopes];
      await waypoints.write(start, from, { before, weights, steps, slopes });
      const force = largestForce(at.gradient, fieldNorm);
      onStep(steps, force, at.objective);
      if (force <= until || steps >= mostSteps) break;
    }
  }
  const end = await slopeNear(weights, finestTolerance)(weights);
  return { before, end: { ...end, weights, steps, slopes: slopes + 1 } };
}

/** |v| of either matrix. */
export function norms(vector: WeightVector): ByMatrix<number> {
  return byMatrix((matrix) => Math.sqrt(vector[matrix].reduce((sum, value) => sum + value * value, 0)));
}

/** The force over the field's, of the matrix where it is larger. */
export function largestForce(gradient: WeightVector, fieldNorm: ByMatrix<number>): number {
  const { encoder, decoder } = forceOver(fieldNorm, gradient);
  return Math.max(encoder, decoder);
}

/** The force in units of the field's. */
export function forceOver(fieldNorm: ByMatrix<number>, gradient: WeightVector): ByMatrix<number> {
  const force = norms(gradient);
  return byMatrix((matrix) => force[matrix] / fieldNorm[matrix]);
}

/**
 * A descent beside the minimum of the learned weights.
 *
 * @param signs S at that minimum
 * @param spread of the displacements there
 */
export function recordOf(
  start: StartName,
  { before, end }: Descent,
  minimum: WeightVector,
  fieldNorm: ByMatrix<number>,
  signs: SignMatrix,
  spread: ByCluster<number>,
): DescentRecord {
  const apart = foldedValues(addScaled(end.weights, -1, minimum), signs);
  return {
    start,
    before,
    objective: end.objective,
    force: forceOver(fieldNorm, end.gradient),
    steps: end.steps,
    slopes: end.slopes,
    changes: signChanges(minimum.encoder, end.weights.encoder, amplitudeOf(minimum, signs)),
    distance: byCluster((matrix, region) => rootMeanSquare(apart[matrix][region]) / spread[matrix][region]),
  };
}

function rootMeanSquare(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, values.length));
}
