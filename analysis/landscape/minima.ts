/** The minima that several starts lead to, and whether they are one. */
import { type SignChanges, signChanges } from "../basins/basin_descent.ts";
import { addScaled, type ByMatrix, byMatrix, matrices, type WeightVector } from "../derivatives/weight_vector.ts";
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
  /** Exact; whoever has a faster way puts it here. */
  readonly slope: (at: WeightVector) => Promise<Slope>;
  readonly metric: Metric;
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

/** Goes down until the force is small enough. A descent that was interrupted goes on where it was. */
export async function descendTo(
  { start, from, slope, metric, fieldNorm, forceLeft, mostSteps, waypoints, onStep }: DescentTask,
): Promise<Descent> {
  const kept = await waypoints.read(start, from);
  let [before, end] = [kept?.before, undefined as Descended | undefined];
  const problem = { slope, precondition: metric.solve };
  for await (const at of slopeDescent(problem, kept?.weights ?? from)) {
    before ??= at.objective;
    end = { ...at, steps: at.steps + (kept?.steps ?? 0), slopes: at.slopes + (kept?.slopes ?? 0) };
    const { weights, steps, slopes } = end;
    await waypoints.write(start, from, { before, weights, steps, slopes });
    const force = largestForce(at.gradient, fieldNorm);
    onStep(steps, force, at.objective);
    if (force <= forceLeft || steps >= mostSteps) break;
  }
  return { before: before!, end: end! };
}

/** |v| of either matrix. */
export function norms(vector: WeightVector): ByMatrix<number> {
  return byMatrix((matrix) => Math.sqrt(vector[matrix].reduce((sum, value) => sum + value * value, 0)));
}

/** The force over the field's, of the matrix where it is larger. */
export function largestForce(gradient: WeightVector, fieldNorm: ByMatrix<number>): number {
  const force = norms(gradient);
  return Math.max(...matrices.map((matrix) => force[matrix] / fieldNorm[matrix]));
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
  const force = norms(end.gradient);
  return {
    start,
    before,
    objective: end.objective,
    force: byMatrix((matrix) => force[matrix] / fieldNorm[matrix]),
    steps: end.steps,
    slopes: end.slopes,
    changes: signChanges(minimum.encoder, end.weights.encoder, amplitudeOf(minimum, signs)),
    distance: byCluster((matrix, region) => rootMeanSquare(apart[matrix][region]) / spread[matrix][region]),
  };
}

function rootMeanSquare(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, values.length));
}
