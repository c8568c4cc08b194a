/** The predicted weights, better and better: from the decoder that is optimal for S through the Newton steps. */
import type { Config } from "../../models/experiment/config.ts";
import { type NewtonOptions, newtonSteps, type Solve } from "../derivatives/newton_steps.ts";
import type { WeightVector } from "../derivatives/weight_vector.ts";
import type { ByCluster } from "../displacements/displacement_clusters.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import type { Agreement } from "../statistics/agreement.ts";

/** One stage of the prediction. */
export interface Stage {
  /** What was done last. */
  readonly name: string;
  /** The objective at the predicted weights, on the samples of the next stage. */
  readonly objective: number;
  /** With the learned displacements. */
  readonly agreement: ByCluster<Agreement>;
}

/** Where the Newton steps lead. */
export interface Prediction {
  readonly weights: WeightVector;
  /** All stages but the last, whose objective no step measures. */
  readonly stages: readonly Stage[];
  /** One for each step. */
  readonly solves: readonly Solve[];
}

/** The stage that so many Newton steps have led to. */
export function stageAfter(steps: number, objective: number, agreement: ByCluster<Agreement>): Stage {
  return { name: steps === 0 ? "optimal decoder" : `Newton step ${steps}`, objective, agreement };
}

/**
 * Takes the Newton steps and compares the weights on the way with the learned ones.
 *
 * @param start encoder of the ideal configuration with the decoder that is optimal for it
 * @param signs S
 * @param agreementOf predicted weights with the learned displacements
 */
export async function predictWeights(
  config: Config,
  start: WeightVector,
  signs: SignMatrix,
  agreementOf: (weights: WeightVector) => ByCluster<Agreement>,
  options: NewtonOptions,
): Promise<Prediction> {
  const stages: Stage[] = [];
  const solves: Solve[] = [];
  let weights = start;
  for await (const step of newtonSteps(config, start, signs, options)) {
    stages.push(stageAfter(solves.length, step.objective, agreementOf(weights)));
    solves.push(step.solve);
    weights = step.weights;
  }
  return { weights, stages, solves };
}
