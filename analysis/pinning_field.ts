/**
 * The pinning field: the force that the frozen signs exert on every weight at the ideal configuration, the displacement
 * that answers it, and both against the learned weights.
 */
import type { Config } from "../models/config.ts";
import type { Device } from "../models/runtime/device.ts";
import type { Weights } from "../models/weights.ts";
import { type Agreement, agreementOf } from "./agreement.ts";
import { type ByCluster, byCluster, foldedValues, type Place } from "./displacement_clusters.ts";
import {
  type FieldOrigins,
  fieldOrigins,
  type FieldSources,
  fieldSources,
  type FieldStatistics,
  fieldStatistics,
} from "./field_statistics.ts";
import { atClassCentres, classCentres, type CornerClass, roundedEncoder } from "./ideal_configuration.ts";
import { type LinearResponse, linearResponse } from "./linear_response.ts";
import { localTheory } from "./local_theory.ts";
import { spread } from "./moments.ts";
import { iidSigns } from "./null_models.ts";
import { optimalDecoder } from "./optimal_decoder.ts";
import { type Outliers, outliersOf, outlierTest } from "./outliers.ts";
import { sampledGradient } from "./sampled_derivatives.ts";
import type { SignMatrix } from "./sign_matrix.ts";
import { addScaled, scaled, type WeightVector } from "./weight_vector.ts";
import { randomStream } from "../models/random.ts";

/** Options of `analysePinningField`. */
export interface PinningFieldOptions {
  /** Samples behind the pinning field. @default 2048 for each feature */
  readonly fieldSamples?: number;
  /** Samples behind the gradient of a Newton step. @default 1024 for each feature */
  readonly samples?: number;
  /** Samples behind the Hessian-vector products of one solve. @default 64 for each feature */
  readonly hessianSamples?: number;
  /** Least μ of each Newton step; as many steps as entries. The first gives the linear response. @default [1, 0.3, 0.3] */
  readonly dampings?: readonly number[];
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
  /** The objective at the predicted weights, on the samples of the next stage; null where it was not measured. */
  readonly objective: number | null;
  readonly agreement: ByCluster<Agreement>;
  /** Against the learned weights moved by their own linear response, that is to where they were going. */
  readonly relaxedAgreement: ByCluster<Agreement>;
}

/** A damped solve. */
export type Solve = Omit<LinearResponse, "displacement">;

/** How far the learned weights are from a minimum. */
export interface Unfinished {
  /** The objective at the learned weights, on fresh samples. */
  readonly objective: number;
  /** Spread of the force on the learned weights over that of the pinning field. */
  readonly force: ByCluster<number>;
  /** The strongly damped linear response at the learned weights, as a fraction of the spread of the displacements. */
  readonly remaining: ByCluster<number>;
  readonly solve: Solve;
  /** Weights more than five robust deviations from their class, among which are edges being born and dying. */
  readonly outliers: ByCluster<Outliers>;
}

/** What `analysePinningField` measures, as plain data. */
export interface PinningFieldData {
  readonly samples: number;
  readonly hessianSamples: number;
  readonly classes: readonly CornerClass[];
  /** The objective at each candidate for w*, and of the learned weights. */
  readonly objectives: {
    readonly classCentres: number;
    /** Encoder at the class centres, decoder optimal for it. */
    readonly classCentresOptimalDecoder: number;
    /** Encoder c·S, decoder optimal for it. */
    readonly roundedOptimalDecoder: number;
    readonly predicted: number;
    readonly learned: number;
  };
  readonly field: ByCluster<FieldStatistics>;
  readonly sources: Readonly<Record<Place, FieldSources>>;
  readonly origins: ByCluster<FieldOrigins>;
  /** The prediction, better and better. The last stage is also given by `encoder` and `decoder`. */
  readonly stages: readonly Stage[];
  readonly solves: readonly Solve[];
  readonly response: "linear";
  readonly encoder: Stage["agreement"]["encoder"];
  readonly decoder: Stage["agreement"]["decoder"];
  /** The last stage without the outliers of `unfinished`: what holds for the weights that have settled. */
  readonly settled: ByCluster<Agreement>;
  /** The formula without a solve, tested on features that it was not fitted to. */
  readonly local: {
    readonly agreement: ByCluster<Agreement>;
    readonly coefficients: ByCluster<Record<string, number>>;
  };
  /** The field of an independent random S of as many nonzeros, against the learned displacements. */
  readonly control: ByCluster<Agreement>;
  readonly unfinished: Unfinished;
}

/** What is too big for `analysis.json`, for figures and for what builds on the prediction. */
export interface PinningField {
  readonly data: PinningFieldData;
  readonly ideal: WeightVector;
  /** −∇L at the ideal configuration. */
  readonly field: WeightVector;
  /** Displacements from the ideal configuration. */
  readonly learned: WeightVector;
  readonly predicted: WeightVector;
  readonly local: WeightVector;
}

/**
 * Where the solve at the learned weights begins: edges that are being born or die have negative curvatures about as large
 * as the curvature of a pair, and a smaller μ would only be raised.
 */
const learnedDamping = 4;

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
  const {
    fieldSamples = 2048 * features,
    samples = 1024 * features,
    hessianSamples = 64 * features,
    dampings = [1, 0.3, 0.3],
    seed = 0,
    device = "cpu",
    report = () => {},
  } = options;
  const edges = signs.signs.reduce((sum, sign) => sum + Math.abs(sign), 0);
  if (edges === 0) throw new RangeError("analysePinningField() needs signs with nonzeros; nothing has frozen yet.");
  const learnedWeights = { encoder: weights.encoder, decoder: weights.decoder };
  const gradientAt = (at: WeightVector, label: number, count = samples) =>
    sampledGradient(config, at, { samples: count, seed: seed + 1000 * label, device });
  const bestDecoder = async (encoder: Float32Array) =>
    (await optimalDecoder({ features, hidden, encoder }, config, { samples: hessianSamples, seed, device })).decoder;
  const responseAt = (at: WeightVector, gradient: WeightVector, damping: number, label: number) =>
    linearResponse(config, at, gradient, signs, {
      samples: hessianSamples,
      seed: seed + 1000 * label + 1,
      damping,
      device,
    });

  report("pinning field");
  const { classes, ...ideal } = classCentres(learnedWeights, signs);
  const learned = addScaled(learnedWeights, -1, ideal);
  const halves = [await gradientAt(ideal, 1, fieldSamples / 2), await gradientAt(ideal, 2, fieldSamples / 2)];
  const field = scaled(-0.5, addScaled(halves[0].gradient, 1, halves[1].gradient));
  const learnedValues = foldedValues(learned, signs);
  const against = (predicted: WeightVector, target: WeightVector) => {
    const [left, right] = [foldedValues(predicted, signs), foldedValues(target, signs)];
    return byCluster((matrix, place) => agreementOf(left[matrix][place], right[matrix][place]));
  };

  report("force on the learned weights");
  const atLearned = await gradientAt(learnedWeights, 3);
  const { displacement: remaining, ...finishing } = await responseAt(
    learnedWeights,
    atLearned.gradient,
    learnedDamping,
    3,
  );
  const relaxed = addScaled(learned, 1, remaining);

  report("optimal decoders");
  const rounded = roundedEncoder(weights, signs);
  const roundedBest = { encoder: rounded, decoder: await bestDecoder(rounded) };
  let predictedWeights: WeightVector = { encoder: ideal.encoder, decoder: await bestDecoder(ideal.encoder) };
  const stages: Stage[] = [];
  const solves: Solve[] = [];
  const addStage = (name: string) => {
    const predicted = addScaled(predictedWeights, -1, ideal);
    const [agreement, relaxedAgreement] = [against(predicted, learned), against(predicted, relaxed)];
    stages.push({ name, objective: null, agreement, relaxedAgreement });
  };
  const objectiveOfLast = (objective: number) => stages.push({ ...stages.pop()!, objective });
  addStage("optimal decoder");
  for (const [step, damping] of dampings.entries()) {
    report(`Newton step ${step + 1} of ${dampings.length}`);
    const { objective, gradient } = await gradientAt(predictedWeights, 10 + step);
    objectiveOfLast(objective);
    // A step that needed more damping than planned warns the next one, which the same directions await.
    const cautious = Math.max(damping, (solves.at(-1)?.damping ?? 0) / 4);
    const { displacement, ...solve } = await responseAt(predictedWeights, gradient, cautious, 10 + step);
    solves.push(solve);
    predictedWeights = addScaled(predictedWeights, 1, displacement);
    addStage(step === 0 ? "linear response" : `Newton step ${step + 1}`);
  }
  objectiveOfLast((await gradientAt(predictedWeights, 4, samples / 4)).objective);

  report("local theory and control");
  const local = localTheory(signs, learned, seed);
  const fieldFormula = localTheory(signs, field, seed);
  const strange = iidSigns({ features, hidden, edges }, randomStream(seed, "pinning-control"));
  const strangeGradient = await gradientAt(atClassCentres(strange, classes), 5, samples / 4);
  const strangeField = foldedValues(scaled(-1, strangeGradient.gradient), strange);
  const last = stages[stages.length - 1];
  const predictedValues = foldedValues(addScaled(predictedWeights, -1, ideal), signs);

  const data: PinningFieldData = {
    samples: halves[0].samples + halves[1].samples,
    hessianSamples,
    classes,
    objectives: {
      classCentres: (halves[0].objective + halves[1].objective) / 2,
      classCentresOptimalDecoder: stages[0].objective!,
      roundedOptimalDecoder: (await gradientAt(roundedBest, 6, samples / 4)).objective,
      predicted: last.objective!,
      learned: atLearned.objective,
    },
    field: fieldStatistics(halves, field, learned, signs),
    sources: fieldSources(halves, signs),
    origins: fieldOrigins(field, fieldFormula.displacement, signs),
    stages,
    solves,
    response: "linear",
    encoder: last.agreement.encoder,
    decoder: last.agreement.decoder,
    settled: byCluster((matrix, place) => {
      const [left, right] = [predictedValues[matrix][place], learnedValues[matrix][place]];
      const isOutlier = outlierTest(right);
      const kept = Int32Array.from(right.keys()).filter((index) => !isOutlier(right[index]));
      const pick = (values: Float32Array) => Float32Array.from(kept, (index) => values[index]);
      return agreementOf(pick(left), pick(right));
    }),
    local: { agreement: against(local.displacement, learned), coefficients: local.coefficients },
    control: byCluster((matrix, place) => {
      // Both have as many zeros and nonzeros; a place of the one is held against the place of the same rank in the other.
      return agreementOf(strangeField[matrix][place], learnedValues[matrix][place]);
    }),
    unfinished: {
      objective: atLearned.objective,
      force: spreadRatio(atLearned.gradient, field, signs),
      remaining: spreadRatio(remaining, learned, signs),
      solve: finishing,
      outliers: outliersOf(learned, signs),
    },
  };
  return {
    data,
    ideal,
    field,
    learned,
    predicted: addScaled(predictedWeights, -1, ideal),
    local: local.displacement,
  };
}

/** Spread of one vector over that of another. */
function spreadRatio(a: WeightVector, b: WeightVector, signs: SignMatrix): ByCluster<number> {
  const [above, below] = [foldedValues(a, signs), foldedValues(b, signs)];
  return byCluster((matrix, place) => spread(above[matrix][place]) / spread(below[matrix][place]));
}
