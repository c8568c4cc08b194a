/** The mean-field theory beside the trained network. */
import type { Config } from "../../models/experiment/config.ts";
import { heldOutLoss } from "../../models/training/evaluation.ts";
import { markdownTable } from "../report/markdown.ts";
import { percent, significant } from "../report/numbers.ts";
import { type DensityPoint, meanField, meanFieldGivenDensity, type MeanFieldPrediction } from "./mean_field.ts";
import type { MeanFieldEnsemble, MeanFieldProblem } from "./mean_field_at.ts";
import { activations } from "../../models/network/activations/activations.ts";
import { meanFieldSchema } from "./mean_field_schema.ts";
import type { Section, Verdict } from "../report/section.ts";
import { asGood } from "../report/thresholds.ts";
import { signStructure } from "../signs/signs.ts";

/** What theory and training agree or disagree on. */
interface Macroscopic {
  /** p. */
  readonly density: number;
  /** c. */
  readonly amplitude: number;
  /** Mean of D·S over the nonzeros. */
  readonly decoderCorner: number;
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
  readonly trained: Macroscopic;
}

/** Samples for the trained network's objective: its error is far below what the theory leaves out. */
const samples = 32768;

/** How near a prediction must come to count as one. */
const tolerance = 0.1;

/** Predictions from (d, h, k, σ², λ, ρ) alone; null where the theory does not hold or nothing has frozen. */
export const meanFieldSection: Section<MeanFieldData | null> = {
  title: "Mean-field theory",
  schema: meanFieldSchema,
  async analyse({ config, weights, signs, device }) {
    const problem = problemOf(config);
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
  },
  summarise(data) {
    if (data === null) {
      return "The theory holds for odd activations, the rebalanced loss, and weights that have frozen.";
    }
    const { sparse, givenDensity, trained } = data;
    const columns = [sparse, givenDensity.regular, givenDensity.iid];
    const rows = quantities.map(([name, key]) => [
      name,
      significant(trained[key], 4),
      ...columns.map((prediction) =>
        prediction === null ? "–" : `${significant(prediction[key], 4)} (${deviation(prediction[key], trained[key])})`
      ),
    ]);
    return [
      "Expected objective of c·S with its optimal decoder, interference taken as Gaussian; nothing is fitted " +
      "(derivation: analysis/mean_field/mean_field.md). In brackets: deviation from the trained network.",
      markdownTable(
        ["quantity", "trained", "p minimised, equal degrees", "p as trained, equal degrees", "p as trained, iid S"],
        rows,
      ),
      "Training does not minimise the objective over p: the p that the weights freeze at depends on the learning rate and " +
      "the batch too (measured in analysis/mean_field/mean_field.md). A theory of the task alone can therefore predict c, the " +
      "decoder and the objective at a given p, but not p.",
    ].join("\n\n");
  },
  verdicts(data) {
    return data === null ? [] : [density(data), iidIsAsGood(data)];
  },
};

const quantities: readonly [string, keyof Macroscopic][] = [
  ["density p", "density"],
  ["encoder amplitude c", "amplitude"],
  ["decoder corner", "decoderCorner"],
  ["objective", "objective"],
];

/** The problem that the theory solves; undefined for a loss or an activation that it does not hold for. */
function problemOf({ model, task, loss }: Config): MeanFieldProblem | undefined {
  const { features, hidden } = model;
  const { odd, value: activation } = activations.get(model.activation);
  if (loss.name !== "rebalanced" || !odd || activation === undefined) return undefined;
  const { activeFeatures, noiseVariance } = task;
  const { lambdaOn, decoderRidge, encoderRidge } = loss;
  return { features, hidden, activeFeatures, noiseVariance, lambdaOn, decoderRidge, encoderRidge, activation };
}

function macroscopic({ density, amplitude, decoderCorner, objective }: MeanFieldPrediction): Macroscopic {
  return { density, amplitude, decoderCorner, objective };
}

function deviation(predicted: number, measured: number): string {
  const relative = predicted / measured - 1;
  return `${relative < 0 ? "−" : "+"}${percent(Math.abs(relative))}`;
}

function density({ sparse, trained }: MeanFieldData): Verdict {
  const measured = `p = ${significant(trained.density)}`;
  const claim = "The density p of S is predictable by theory.";
  if (sparse === null) {
    return { claim, measured, against: "the objective has no minimum at small p", verdict: "not supported" };
  }
  const near = Math.abs(sparse.density / trained.density - 1) <= tolerance;
  return {
    claim,
    measured,
    against: `mean-field minimum at p = ${significant(sparse.density)} (${deviation(sparse.density, trained.density)})`,
    verdict: near ? "supported" : "not supported",
  };
}

function iidIsAsGood({ givenDensity: { iid, regular } }: MeanFieldData): Verdict {
  const excess = iid.objective / regular.objective - 1;
  return {
    claim: "By theory, an iid random S of the same p is as good as any.",
    measured: `iid S: objective ${significant(iid.objective, 4)}`,
    against: `S with equal degrees: ${significant(regular.objective, 4)} (iid ${
      deviation(iid.objective, regular.objective)
    }; as good means within ${percent(asGood)})`,
    verdict: excess < asGood ? "supported" : "not supported",
  };
}
