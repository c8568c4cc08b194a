/**
 * The pinning field: the force that the frozen signs exert on every weight at the ideal configuration, the displacement
 * that answers it, and both against the learned weights.
 */
import type { Config } from "../../models/experiment/config.ts";
import { hashSeed } from "../../models/random.ts";
import type { Device } from "../../models/runtime/device.ts";
import type { Weights } from "../../models/network/weights.ts";
import { type Agreement, agreementOf } from "../statistics/agreement.ts";
import {
  type ContinuationAgreement,
  continuationAgreement,
  continueTraining,
} from "../derivatives/continued_training.ts";
import { type ByCluster, byCluster, foldedValues, type Region } from "../displacements/displacement_clusters.ts";
import {
  type FieldOrigins,
  fieldOrigins,
  type FieldPrecision,
  type FieldSources,
  fieldSources,
  type FieldStatistics,
  fieldStatistics,
  preciseField,
  relativeForce,
} from "./field_statistics.ts";
import { type IdealCandidate, idealCandidates } from "./ideal_candidates.ts";
import { classCentres, type CornerClass, displacementsWithin } from "../displacements/ideal_configuration.ts";
import { localTheory, type OverlapSums, overlapSums } from "./local_theory.ts";
import { newtonSteps, type Solve } from "../derivatives/newton_steps.ts";
import { optimalDecoder } from "../decoder/optimal_decoder.ts";
import { cornerOutliers, type Outliers, outliersOf, settledAgreement } from "../displacements/outliers.ts";
import { sampledGradient } from "../derivatives/sampled_gradient.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { addScaled, type ByMatrix, scaled, type WeightVector } from "../derivatives/weight_vector.ts";

/** Options of `analysePinningField`. */
export interface PinningFieldOptions {
  /** @default 6 rounds at most, until the error is 5 % of the spread; with k = 2 all pairs of features meet once a half and round */
  readonly fieldPrecision?: FieldPrecision;
  /** Samples behind the gradient of a Newton step. @default 512 for each feature */
  readonly samples?: number;
  /** Samples behind the Hessian-vector products of one solve. @default 64 for each feature */
  readonly hessianSamples?: number;
  /** Damped Newton steps. @default 5 */
  readonly newtonSteps?: number;
  /** Steps of the continued training. @default a quarter of the training's */
  readonly continuedSteps?: number;
  /** Apart from the training's random numbers for every value. @default 0 */
  readonly seed?: number;
  /** @default "cpu" */
  readonly device?: Device;
  /** Told what is being computed. @default nobody */
  readonly report?: (stage: string) => void;
}

/** One stage of the prediction. */
export interface Stage {
  readonly name: string;
  /** The objective at the predicted weights, on the samples of the next stage. */
  readonly objective: number;
  readonly agreement: ByCluster<Agreement>;
}

/** How near some weights are to a minimum. All are measured on the same samples, so that they can be compared. */
export interface ResidualForce {
  readonly objective: number;
  /** Spread of the force over that of the pinning field, sampling error taken off. */
  readonly force: ByCluster<number>;
}

/** How far the learned weights are from a minimum. */
export interface Unfinished {
  readonly residualForce: Readonly<Record<"learned" | "continued" | "predicted", ResidualForce>>;
  /** What more training changes, and how the prediction fares then. */
  readonly continuation: ContinuationAgreement;
  readonly outliers: ByMatrix<Outliers>;
}

/** What `analysePinningField` measures, as plain data. */
export interface PinningFieldData {
  readonly samples: number;
  readonly classes: readonly CornerClass[];
  /** The objective at the class centres of both matrices. */
  readonly objective: number;
  /** What else w* could be, and the control. */
  readonly candidates: readonly IdealCandidate[];
  readonly field: ByCluster<FieldStatistics>;
  readonly sources: Readonly<Record<Region, FieldSources>>;
  readonly origins: ByCluster<FieldOrigins>;
  readonly overlapSums: OverlapSums;
  /** The prediction, better and better. The last stage is also given by `encoder` and `decoder`. */
  readonly stages: readonly Stage[];
  readonly solves: readonly Solve[];
  /** That the prediction comes from derivatives of the field, not from the field alone. */
  readonly response: "linear";
  readonly encoder: Stage["agreement"]["encoder"];
  readonly decoder: Stage["agreement"]["decoder"];
  /** The last stage in the corners without the outliers: what holds for the weights that have settled. */
  readonly settled: ByMatrix<Agreement>;
  /** The formula without a solve, tested on features that it was not fitted to. */
  readonly local: {
    readonly agreement: ByCluster<Agreement>;
    readonly coefficients: ByCluster<Record<string, number>>;
  };
  readonly unfinished: Unfinished;
}

/** What is too big for `analysis.json`, for figures and for what builds on the prediction. */
export interface PinningField {
  readonly data: PinningFieldData;
  readonly ideal: WeightVector;
  /** −∇L at the ideal configuration. */
  readonly field: WeightVector;
  /** Displacements from the centres of the classes of the learned and of the predicted weights. */
  readonly learned: WeightVector;
  readonly predicted: WeightVector;
}

/** The options that decide how long the analysis takes. */
export type PinningFieldSampling = Required<Omit<PinningFieldOptions, "seed" | "device" | "report">>;

/** How precisely a pinning field is measured and answered unless something else is asked for. */
export function pinningFieldDefaults({ model: { features }, training }: Config): PinningFieldSampling {
  return {
    fieldPrecision: {
      relativeError: 0.05,
      samplesPerRound: Math.min(2 * (features - 1), mostSamples) * features,
      rounds: 6,
    },
    samples: 512 * features,
    hessianSamples: 64 * features,
    newtonSteps: 5,
    continuedSteps: Math.ceil(training.steps / 4),
  };
}

/** Samples a feature of a round for the field at the most. */
const mostSamples = 8192;

/** Peak learning rate of the continued training, as a fraction of the experiment's: low enough for its noise to be small. */
const continuedRate = 0.05;

/**
 * Predicts the displacement of every weight from S and compares it with the learned one.
 *
 * The ideal configuration is that of the class centres. The prediction starts from it with the decoder that is optimal
 * for its encoder (the objective is quadratic in the decoder, so that this response is exact), and goes on with damped
 * Newton steps in both matrices, each with a gradient on fresh samples.
 *
 * @param weights the learned weights
 * @param config their experiment
 * @param signs S
 * @throws {UsageError} for a loss other than `rebalanced`
 * @throws {RangeError} if S has no nonzeros: there is nothing that pins
 */
export async function analysePinningField(
  weights: Weights,
  config: Config,
  signs: SignMatrix,
  options: PinningFieldOptions = {},
): Promise<PinningField> {
  const { features, hidden } = weights;
  const { fieldPrecision, samples, hessianSamples, newtonSteps: steps, continuedSteps } = {
    ...pinningFieldDefaults(config),
    ...options,
  };
  const { seed = 0, device = "cpu", report = () => {} } = options;
  if (signs.edges === 0) {
    throw new RangeError("analysePinningField() needs signs with nonzeros; nothing has frozen yet.");
  }
  const learnedWeights = { encoder: weights.encoder, decoder: weights.decoder };
  const gradientAt = (at: WeightVector, label: number, count = samples) =>
    sampledGradient(config, at, { samples: count, seed: hashSeed(seed, "pinning", "gradient", label), device });
  const bestDecoder = async (encoder: Float32Array) =>
    (await optimalDecoder({ features, hidden, encoder }, config, { samples: hessianSamples, seed, device })).decoder;

  report("pinning field");
  const { classes, ...ideal } = classCentres(learnedWeights, signs);
  const learned = displacementsWithin(learnedWeights, signs);
  const halves = await preciseField((count, part) => gradientAt(ideal, 100 + part, count), signs, fieldPrecision);
  const field = scaled(-0.5, addScaled(halves[0].gradient, 1, halves[1].gradient));
  const learnedValues = foldedValues(learned, signs);
  const against = (predicted: WeightVector) => {
    const values = foldedValues(predicted, signs);
    return byCluster((matrix, region) => agreementOf(values[matrix][region], learnedValues[matrix][region]));
  };

  report("candidates for the ideal configuration");
  let predictedWeights: WeightVector = { encoder: ideal.encoder, decoder: await bestDecoder(ideal.encoder) };
  const candidates = await idealCandidates({
    weights,
    signs,
    classes,
    ideal: predictedWeights,
    learned,
    bestDecoder,
    gradientAt: (at) => gradientAt(at, 5, samples / 4),
    seed,
  });

  const stages: Stage[] = [];
  const solves: Solve[] = [];
  const addStage = (objective: number) => {
    const name = solves.length === 0 ? "optimal decoder" : `Newton step ${solves.length}`;
    stages.push({ name, objective, agreement: against(displacementsWithin(predictedWeights, signs)) });
  };
  const taken = newtonSteps(config, predictedWeights, signs, {
    steps,
    gradientAt: (at, step) => gradientAt(at, 10 + step),
    hessianSamples,
    seed,
    device,
    report,
  });
  for await (const { objective, solve, weights } of taken) {
    addStage(objective);
    solves.push(solve);
    predictedWeights = weights;
  }

  report("continued training");
  const continued = await continueTraining(config, learnedWeights, {
    steps: continuedSteps,
    learningRate: continuedRate * config.optimizer.learningRate,
    seed,
    device,
  });

  report("residual forces");
  const residualForceAt = async ({ encoder, decoder }: WeightVector): Promise<ResidualForce> => {
    const at = { encoder, decoder };
    const [one, two] = [await gradientAt(at, 3, samples / 4), await gradientAt(at, 4, samples / 4)];
    return { objective: (one.objective + two.objective) / 2, force: relativeForce([one, two], field, signs) };
  };
  const residualForce = {
    learned: await residualForceAt(learnedWeights),
    continued: await residualForceAt(continued),
    predicted: await residualForceAt(predictedWeights),
  };
  addStage(residualForce.predicted.objective);

  report("local theory and outliers");
  const local = localTheory(signs, learned, seed);
  const fieldFormula = localTheory(signs, field, seed);
  const last = stages[stages.length - 1];
  const predicted = displacementsWithin(predictedWeights, signs);
  const outliers = cornerOutliers(learned, signs);

  const data: PinningFieldData = {
    samples: halves[0].samples + halves[1].samples,
    classes,
    objective: (halves[0].objective + halves[1].objective) / 2,
    candidates,
    field: fieldStatistics(halves, field, learned, signs),
    sources: fieldSources(halves, signs),
    origins: fieldOrigins(field, fieldFormula.displacement, signs),
    overlapSums: overlapSums(signs),
    stages,
    solves,
    response: "linear",
    encoder: last.agreement.encoder,
    decoder: last.agreement.decoder,
    settled: settledAgreement(predicted, learned, outliers, signs),
    local: {
      agreement: against(displacementsWithin(addScaled(ideal, 1, local.displacement), signs)),
      coefficients: local.coefficients,
    },
    unfinished: {
      residualForce,
      continuation: continuationAgreement(predictedWeights, learnedWeights, continued, outliers, signs),
      outliers: outliersOf(
        { learned, predicted, continued: displacementsWithin(continued, signs), ideal },
        outliers,
        signs,
      ),
    },
  };
  return { data, ideal, field, learned, predicted };
}
