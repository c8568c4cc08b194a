/** How far the learned weights are from a minimum: residual forces, continued training, and who the outliers are. */
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import {
  type ContinuationAgreement,
  continuationAgreement,
  continueTraining,
} from "../derivatives/continued_training.ts";
import type { ByMatrix, WeightVector } from "../derivatives/weight_vector.ts";
import type { ByCluster } from "../displacements/displacement_clusters.ts";
import { displacementsWithin } from "../displacements/ideal_configuration.ts";
import { type Outliers, outliersOf } from "../displacements/outliers.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { relativeForce } from "./field_statistics.ts";
import type { PinningSamples } from "./pinning_samples.ts";

/** How near some weights are to a minimum. All are measured on the same samples, so that they can be compared. */
export interface ResidualForce {
  /** The mean over the samples. */
  readonly objective: number;
  /** Spread of the force over that of the pinning field, sampling error taken off. */
  readonly force: ByCluster<number>;
}

/** How far the learned weights are from a minimum. */
export interface Unfinished {
  /** What still pulls at the weights. */
  readonly residualForce: Readonly<Record<"learned" | "continued" | "predicted", ResidualForce>>;
  /** What more training changes, and how the prediction fares then. */
  readonly continuation: ContinuationAgreement;
  /** Corner weights far from their class, by matrix. */
  readonly outliers: ByMatrix<Outliers>;
}

/** Whose training is asked about. */
export interface UnfinishedSubject {
  /** The learned weights. */
  readonly learned: WeightVector;
  /** The predicted weights. */
  readonly predicted: WeightVector;
  /** The ideal configuration. */
  readonly ideal: WeightVector;
  /** The pinning field. */
  readonly field: WeightVector;
  /** Which of the learned corner weights are outliers. */
  readonly outliers: ByMatrix<readonly boolean[]>;
  readonly signs: SignMatrix;
}

/** How the training goes on. */
export interface UnfinishedOptions {
  /** Steps of the continued training. */
  readonly continuedSteps: number;
  readonly seed: number;
  readonly device: Device;
  /** Told what is being computed. */
  readonly report: (stage: string) => void;
}

/** Peak learning rate of the continued training, as a fraction of the experiment's: low enough for its noise to be small. */
const continuedRate = 0.05;

/** Continues the training and measures what it leaves to do. */
export async function measureUnfinished(
  config: Config,
  { learned, predicted, ideal, field, outliers, signs }: UnfinishedSubject,
  samples: PinningSamples,
  { continuedSteps, seed, device, report }: UnfinishedOptions,
): Promise<Unfinished> {
  report("continued training");
  const continued = await continueTraining(config, learned, {
    steps: continuedSteps,
    learningRate: continuedRate * config.optimizer.learningRate,
    seed,
    device,
  });

  report("residual forces");
  const residualForceAt = async ({ encoder, decoder }: WeightVector): Promise<ResidualForce> => {
    const halves = await samples.halvesAt({ encoder, decoder });
    return {
      objective: (halves[0].objective + halves[1].objective) / 2,
      force: relativeForce(halves, field, signs),
    };
  };
  const residualForce = {
    learned: await residualForceAt(learned),
    continued: await residualForceAt(continued),
    predicted: await residualForceAt(predicted),
  };

  const within = (weights: WeightVector) => displacementsWithin(weights, signs);
  const displacements = { learned: within(learned), predicted: within(predicted), continued: within(continued), ideal };
  return {
    residualForce,
    continuation: continuationAgreement(predicted, learned, continued, outliers, signs),
    outliers: outliersOf(displacements, outliers, signs),
  };
}

/**
 * How far the continued training came on the way from the objective of the learned weights to that of the predicted ones:
 * 1 if all of it, more if it went below, less than 0 if it went up. Null where the prediction is not lower than the
 * training.
 */
export function shareOfTheWay({ learned, continued, predicted }: Unfinished["residualForce"]): number | null {
  if (predicted.objective >= learned.objective) return null;
  return (learned.objective - continued.objective) / (learned.objective - predicted.objective);
}
