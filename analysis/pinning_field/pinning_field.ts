/**
 * The pinning field: the force that the frozen signs exert on every weight at the ideal configuration, the displacement
 * that answers it, and both beside the learned weights.
 */
import type { Config } from "../../models/experiment/config.ts";
import { oddActivation } from "../../models/experiment/requirements.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import type { Device } from "../../models/runtime/device.ts";
import type { Solve } from "../derivatives/newton_steps.ts";
import type { SampledGradient } from "../derivatives/sampled_gradient.ts";
import { addScaled, type ByMatrix, scaled, type WeightVector } from "../derivatives/weight_vector.ts";
import { clusterAgreement } from "../displacements/cluster_agreement.ts";
import { type ByCluster, foldedValues, type Region } from "../displacements/displacement_clusters.ts";
import { classCentres, type CornerClass, displacementsWithin } from "../displacements/ideal_configuration.ts";
import { cornerOutliers, settledAgreement } from "../displacements/outliers.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import type { Agreement } from "../statistics/agreement.ts";
import {
  type FieldOrigins,
  fieldOrigins,
  type FieldSources,
  fieldSources,
  type FieldStatistics,
  fieldStatistics,
  preciseField,
} from "./field_statistics.ts";
import { type IdealCandidate, idealCandidates } from "../displacements/ideal_candidates.ts";
import { localTheory, type OverlapSums, overlapSums } from "./local_theory.ts";
import { pinningFieldDefaults, type PinningFieldPrecision } from "./pinning_field_precision.ts";
import { pinningSamples } from "./pinning_samples.ts";
import { predictWeights, type Stage, stageAfter } from "./prediction_stages.ts";
import { measureUnfinished, type Unfinished } from "./unfinished_training.ts";

/** Options of `analysePinningField`. */
export interface PinningFieldOptions extends Partial<PinningFieldPrecision> {
  /** Apart from the training's random numbers for every value. @default 0 */
  readonly seed?: number;
  /** Where it is computed. @default "cpu" */
  readonly device?: Device;
  /** Told what is being computed. @default nobody */
  readonly report?: (stage: string) => void;
}

/** The field itself, in numbers. */
export interface FieldData {
  /** How many the field was averaged over. */
  readonly samples: number;
  /** The objective at the class centres of both matrices. */
  readonly objective: number;
  /** How well the field alone predicts, and how precisely it is known. */
  readonly field: ByCluster<FieldStatistics>;
  /** What exerts the field on the encoder. */
  readonly sources: Readonly<Record<Region, FieldSources>>;
  /** How much of its variance properties of S account for. */
  readonly origins: ByCluster<FieldOrigins>;
  /** The sums over overlaps in the centre: how many terms, and how heavy the tails. */
  readonly overlapSums: OverlapSums;
}

/** What `analysePinningField` measures, as plain data. */
export interface PinningFieldData extends FieldData {
  /** The classes of corner pairs, whose centres are the ideal configuration. */
  readonly classes: readonly CornerClass[];
  /** What else w* could be, and the control. */
  readonly candidates: readonly IdealCandidate[];
  /** The prediction, better and better. The last stage is also given by `encoder` and `decoder`. */
  readonly stages: readonly Stage[];
  /** The linear system of each Newton step. */
  readonly solves: readonly Solve[];
  /** That the prediction comes from derivatives of the field, not from the field alone. */
  readonly response: "linear";
  /** How well the last stage agrees with the learned encoder. */
  readonly encoder: Stage["agreement"]["encoder"];
  /** How well the last stage agrees with the learned decoder. */
  readonly decoder: Stage["agreement"]["decoder"];
  /** The last stage in the corners without the outliers: what holds for the weights that have settled. */
  readonly settled: ByMatrix<Agreement>;
  /** The formula without a solve, tested on features that it was not fitted to. */
  readonly local: {
    readonly agreement: ByCluster<Agreement>;
    readonly coefficients: ByCluster<Record<string, number>>;
  };
  /** How far the training is from its end. */
  readonly unfinished: Unfinished;
}

/** What is too big for `analysis.json`, for figures and for what builds on the prediction. */
export interface PinningField {
  /** The numbers. */
  readonly data: PinningFieldData;
  /** The centres of the classes. */
  readonly ideal: WeightVector;
  /** −∇L at the ideal configuration. */
  readonly field: WeightVector;
  /** Displacements of the learned weights from the centres of their classes. */
  readonly learned: WeightVector;
  /** Displacements of the predicted weights from the same centres. */
  readonly predicted: WeightVector;
}

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
 * @throws {UsageError} for a loss other than `rebalanced` and for an activation that is not odd and smooth
 * @throws {RangeError} if S has no nonzeros: there is nothing that pins
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { preset } from "../../models/experiment/presets.ts";
 * import { randomStream } from "../../models/random.ts";
 * import { sampledGradient } from "../derivatives/sampled_gradient.ts";
 * import { scaled } from "../derivatives/weight_vector.ts";
 * import { displacementsWithin } from "../displacements/ideal_configuration.ts";
 * import { iidSigns } from "../random_graph/null_models.ts";
 * import { fieldOrigins, fieldSources, fieldStatistics } from "./field_statistics.ts";
 * import { analysePinningField } from "./pinning_field.ts";
 * import { pinningFieldDefaults } from "./pinning_field_precision.ts";
 * import { sizeTrends } from "./size_trends.ts";
 * const config = preset("quick", { "model.features": 16, "model.hidden": 8 });
 * const random = randomStream(1);
 * const signs = iidSigns({ features: 16, hidden: 8, edges: 48 }, random);
 * const around = (amplitude: number) =>
 *   Float32Array.from(signs.entries, (sign) => amplitude * (sign + 0.05 * random.normal()));
 * const weights = { features: 16, hidden: 8, encoder: around(1.5), decoder: around(0.3) };
 * const { data } = await analysePinningField(weights, config, signs, {
 *   ...pinningFieldDefaults(config),
 *   fieldPrecision: { relativeError: 0.5, samplesPerRound: 4096, rounds: 1 },
 *   samples: 2048,
 *   newtonSteps: 1,
 *   continuedSteps: 8,
 * });
 * console.log(data.encoder.centre.r2); // what the prediction from S explains
 * // What it is made of:
 * const halves = await Promise.all([1, 2].map((seed) => sampledGradient(config, weights, { samples: 2048, seed })));
 * const field = scaled(-1, halves[0].gradient);
 * const learned = displacementsWithin(weights, signs);
 * console.log(
 *   fieldStatistics(halves, field, learned, signs),
 *   fieldSources(halves, signs),
 *   fieldOrigins(field, learned, signs),
 * );
 * // Of networks of several sizes, each as { features, data: analysis.pinningField }:
 * assertEquals(sizeTrends([]).every(({ points }) => points.length === 0), true);
 * ```
 */
export async function analysePinningField(
  weights: Weights,
  config: Config,
  signs: SignMatrix,
  options: PinningFieldOptions = {},
): Promise<PinningField> {
  if (signs.edges === 0) {
    throw new RangeError("analysePinningField() needs signs with nonzeros; nothing has frozen yet.");
  }
  // An ideal configuration has its centre at the origin and its corners at ±c, as only odd networks do.
  oddActivation(config, "the pinning field");
  const precision = { ...pinningFieldDefaults(config), ...options };
  const { seed = 0, device = "cpu", report = () => {} } = options;
  const samples = pinningSamples(config, { ...precision, seed, device });
  const learnedWeights = { encoder: weights.encoder, decoder: weights.decoder };
  const learned = displacementsWithin(learnedWeights, signs);
  const learnedValues = foldedValues(learned, signs);
  const agreementOf = (predicted: WeightVector) =>
    clusterAgreement(foldedValues(displacementsWithin(predicted, signs), signs), learnedValues);

  report("pinning field");
  const { classes, ...ideal } = classCentres(learnedWeights, signs);
  const partOf = (count: number, part: number) => samples.fieldPart(ideal, count, part);
  const halves = await preciseField(partOf, signs, precision.fieldPrecision);
  const field = scaled(-0.5, addScaled(halves[0].gradient, 1, halves[1].gradient));

  report("candidates for the ideal configuration");
  const { bestDecoder, atCandidate: gradientAt } = samples;
  const start = { encoder: ideal.encoder, decoder: await bestDecoder(ideal.encoder) };
  const subject = { weights, signs, classes, ideal: start, learned, bestDecoder, gradientAt, seed };
  const candidates = await idealCandidates(subject);

  const prediction = await predictWeights(config, start, signs, agreementOf, {
    steps: precision.newtonSteps,
    gradientAt: samples.atStep,
    hessianSamples: precision.hessianSamples,
    seed,
    device,
    report,
  });
  const predicted = displacementsWithin(prediction.weights, signs);
  const outliers = cornerOutliers(learned, signs);
  const unfinished = await measureUnfinished(
    config,
    { learned: learnedWeights, predicted: prediction.weights, ideal, field, outliers, signs },
    samples,
    { continuedSteps: precision.continuedSteps, seed, device, report },
  );
  const { objective } = unfinished.residualForce.predicted;
  const last = stageAfter(prediction.solves.length, objective, agreementOf(prediction.weights));

  report("local theory");
  const local = localTheory(signs, learned, seed);
  const data: PinningFieldData = {
    classes,
    candidates,
    ...fieldData(halves, field, learned, signs, seed),
    stages: [...prediction.stages, last],
    solves: prediction.solves,
    response: "linear",
    ...last.agreement,
    settled: settledAgreement(predicted, learned, outliers, signs),
    local: {
      agreement: agreementOf(addScaled(ideal, 1, local.displacement)),
      coefficients: local.coefficients,
    },
    unfinished,
  };
  return { data, ideal, field, learned, predicted };
}

/** The field by cluster: what it predicts by itself, how well it is known, and where it comes from. */
function fieldData(
  halves: readonly [SampledGradient, SampledGradient],
  field: WeightVector,
  learned: WeightVector,
  signs: SignMatrix,
  seed: number,
): FieldData {
  const formula = localTheory(signs, field, seed).displacement;
  return {
    samples: halves[0].samples + halves[1].samples,
    objective: (halves[0].objective + halves[1].objective) / 2,
    field: fieldStatistics(halves, field, learned, signs),
    sources: fieldSources(halves, signs),
    origins: fieldOrigins(field, formula, signs),
    overlapSums: overlapSums(signs),
  };
}
