/** The mean-field theory beside a trained network, in numbers. */
import { isKHot } from "../../models/experiment/requirements.ts";
import type { Config } from "../../models/experiment/config.ts";
import { activations } from "../../models/network/activations/activations.ts";
import { heldOutLoss } from "../../models/training/evaluation.ts";
import type { Subject } from "../report/section.ts";
import { signStructure } from "../signs/signs.ts";
import { type DensityPoint, meanField, meanFieldGivenDensity, type MeanFieldPrediction } from "./mean_field.ts";
import type { MeanFieldEnsemble, MeanFieldProblem } from "./mean_field_at.ts";

/** What theory and training agree or disagree on. */
export interface Macroscopic {
  /** p. */
  readonly density: number;
  /** c. */
  readonly amplitude: number;
  /** Mean of D·S over the nonzeros. */
  readonly decoderCorner: number;
  /** The mean over samples, with penalties. */
  readonly objective: number;
}

/** Key `meanField` of `analysis.json`; the first four are the prediction without any knowledge of the training. */
export interface MeanFieldData extends Partial<Macroscopic> {
  /** Where the objective, as a function of p, has its first minimum, for S with equal degrees; null if it has none. */
  readonly sparse: MeanFieldPrediction | null;
  /** The prediction for the p that was measured, for both ensembles. */
  readonly givenDensity: Readonly<Record<MeanFieldEnsemble, MeanFieldPrediction>>;
  /** Objective against density for S with equal degrees. */
  readonly scan: readonly DensityPoint[];
  /** The same of the trained network, as measured. */
  readonly trained: Macroscopic;
}

/** Samples for the trained network's objective: its error is far below what the theory leaves out. */
const samples = 32768;

/** Predicts from (d, h, k, σ², λ, ρ) alone; null where the theory does not hold or nothing has frozen. */
export async function compareWithMeanField(
  { config, weights, signs, device }: Subject,
): Promise<MeanFieldData | null> {
  const problem = meanFieldProblemOf(config);
  if (problem === undefined || signs.edges === 0) return null;
  const structure = signStructure(weights, signs);
  const density = structure.density.value;
  const trained = {
    density,
    amplitude: structure.amplitude.value,
    decoderCorner: structure.decoderAmplitude.value,
    objective: (await heldOutLoss(config, weights, { samples, device })).objective,
  };
  const { sparse, scan } = meanField(problem, "regular");
  const givenDensity = {
    regular: meanFieldGivenDensity(problem, "regular", density),
    iid: meanFieldGivenDensity(problem, "iid", density),
  };
  return { ...(sparse && macroscopic(sparse)), sparse, givenDensity, scan, trained };
}

/** The problem that the theory solves; undefined for a loss, samples or an activation that it does not hold for. */
export function meanFieldProblemOf({ model, task, loss }: Config): MeanFieldProblem | undefined {
  const { features, hidden } = model;
  const { odd, value: activation } = activations.get(model.activation);
  if (loss.name !== "rebalanced" || !isKHot({ task }) || !odd || activation === undefined) return undefined;
  const { activeFeatures, noiseVariance } = task;
  const { lambdaOn, decoderRidge, encoderRidge } = loss;
  return { features, hidden, activeFeatures, noiseVariance, lambdaOn, decoderRidge, encoderRidge, activation };
}

function macroscopic({ density, amplitude, decoderCorner, objective }: MeanFieldPrediction): Macroscopic {
  return { density, amplitude, decoderCorner, objective };
}
