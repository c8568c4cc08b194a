/**
 * Mean-field theory: what density, amplitude and decoder a random encoder c·S should have, and what it should cost, from
 * the task and the size alone. Derivation, checks and failures: `docs/mean_field.md`.
 */
import * as d3 from "d3-array";
import { UsageError } from "../../models/errors.ts";
import { type DegreeClass, meanFieldAt, type MeanFieldEnsemble, type MeanFieldProblem } from "./mean_field_at.ts";
import { descend, goldenSection } from "../numerics/minimize.ts";

export type { DegreeClass, MeanFieldEnsemble, MeanFieldProblem } from "./mean_field_at.ts";

/** The theory at one density, with the amplitude that is best there. */
export interface DensityPoint {
  /** p. */
  readonly density: number;
  /** c. */
  readonly amplitude: number;
  /** Expected objective, penalties included. */
  readonly objective: number;
}

/** What the theory says at one density. */
export interface MeanFieldPrediction extends DensityPoint {
  /** p·h: mean degree of a feature. */
  readonly neuronsPerFeature: number;
  /** p·d: mean degree of a neuron. */
  readonly featuresPerNeuron: number;
  /** Mean of D·S over all nonzeros. */
  readonly decoderCorner: number;
  /** Decoder and output by degree of the feature. */
  readonly byDegree: readonly DegreeClass[];
  /** The terms of the objective. */
  readonly parts: MeanFieldParts;
}

/** What the theory predicts from the problem alone. */
export interface MeanFieldLandscape {
  /** Which random S was averaged over. */
  readonly ensemble: MeanFieldEnsemble;
  /** The sparse phase: the first local minimum met from p = 0 upwards; null where the objective falls all the way. */
  readonly sparse: MeanFieldPrediction | null;
  /** Objective against density, the amplitude optimised at each; ascending densities. */
  readonly scan: readonly DensityPoint[];
}

/** The terms of the objective: objective = λ·on + off + decoderPenalty + encoderPenalty. */
export interface MeanFieldParts {
  /** E Σ_{i∈I} (y_i − 1)². */
  readonly on: number;
  /** E Σ_{i∉I} y_i². */
  readonly off: number;
  /** ρ_D ‖D‖². */
  readonly decoderPenalty: number;
  /** ρ_E ‖E‖². */
  readonly encoderPenalty: number;
}

/** The scan of densities: from half a neuron a feature upwards, each this many times the last. */
const FIRST_DEGREE = 0.5;
const DENSITY_RATIO = 1.25;
/** Where the scan ends. Binomial degrees cost a neuron average each, so theirs ends at so many features a neuron. */
const LARGEST_DENSITY = 0.95;
const MOST_FEATURES_PER_NEURON = 80;
/** Where the first walk over ln c starts, the length of its steps, and the precision of ln p. */
const FIRST_AMPLITUDE = 1.5;
const AMPLITUDE_STEP = 0.06;
const PRECISION = 4e-3;

/**
 * Scans the mean-field objective over density, the amplitude optimised at each, and refines the sparse minimum.
 *
 * @param problem the task, the loss and the size
 * @param ensemble which random S is averaged over
 * @returns the scan and the sparse phase; deterministic
 * @throws {UsageError} when the activation is not odd
 *
 * @example
 * ```ts
 * import { assertGreater } from "@std/assert";
 * import { meanField, type MeanFieldProblem, meanFieldGivenDensity } from "./mean_field.ts";
 * const problem: MeanFieldProblem = {
 *   features: 512, hidden: 256, activeFeatures: 2, noiseVariance: 0.005, lambdaOn: 16, decoderRidge: 0.03, encoderRidge: 0,
 *   activation: (z) => Math.tanh(z) ** 3,
 * };
 * const { sparse } = meanField(problem, "regular");
 * assertGreater(sparse!.amplitude, 1);
 * const denser = meanFieldGivenDensity(problem, "regular", 2 * sparse!.density);
 * assertGreater(denser.objective, sparse!.objective);
 * ```
 */
export function meanField(problem: MeanFieldProblem, ensemble: MeanFieldEnsemble): MeanFieldLandscape {
  check(problem);
  const { features, hidden } = problem;
  const end = ensemble === "iid" ? Math.min(LARGEST_DENSITY, MOST_FEATURES_PER_NEURON / features) : LARGEST_DENSITY;
  const scan: DensityPoint[] = [];
  for (let density = FIRST_DEGREE / hidden; density <= end; density *= DENSITY_RATIO) {
    scan.push(bestAmplitude(problem, ensemble, density, scan.at(-1)?.amplitude ?? FIRST_AMPLITUDE));
  }
  const lowest = scan.findIndex((point, a) =>
    a > 0 && a < scan.length - 1 && point.objective < scan[a - 1].objective && point.objective <= scan[a + 1].objective
  );
  if (lowest === -1) return { ensemble, sparse: null, scan };
  const refined = goldenSection(
    (logDensity) => bestAmplitude(problem, ensemble, Math.exp(logDensity), scan[lowest].amplitude).objective,
    Math.log(scan[lowest - 1].density),
    Math.log(scan[lowest + 1].density),
    PRECISION,
  );
  const density = refined.value < scan[lowest].objective ? Math.exp(refined.argument) : scan[lowest].density;
  return { ensemble, sparse: meanFieldGivenDensity(problem, ensemble, density), scan };
}

/**
 * The theory at a density that is given, for instance the one that training froze in: only the amplitude is minimised over.
 * See {@linkcode meanField}.
 *
 * @param problem the task, the loss and the size
 * @param ensemble which random S is averaged over
 * @param density p, 0 < p < 1
 * @returns the prediction
 * @throws {UsageError} when the activation is not odd or the density is not between 0 and 1
 */
export function meanFieldGivenDensity(
  problem: MeanFieldProblem,
  ensemble: MeanFieldEnsemble,
  density: number,
): MeanFieldPrediction {
  check(problem);
  if (!(density > 0 && density < 1)) throw new UsageError(`a density lies between 0 and 1, got ${density}.`);
  const point = bestAmplitude(problem, ensemble, density, FIRST_AMPLITUDE);
  const { byDegree } = meanFieldAt(problem, ensemble, density, point.amplitude);
  const corners = d3.sum(byDegree, ({ share, degree }) => share * degree);
  return {
    ...point,
    neuronsPerFeature: density * problem.hidden,
    featuresPerNeuron: density * problem.features,
    decoderCorner: d3.sum(byDegree, ({ share, degree, corner }) => share * degree * corner) / corners,
    byDegree,
    parts: partsAt(problem, ensemble, point),
  };
}

function check({ activation }: MeanFieldProblem): void {
  if ([0.3, 1, 2].some((z) => Math.abs(activation(z) + activation(-z)) > 1e-12)) {
    throw new UsageError("the mean-field theory holds for odd activations only, such as tanh-cubed.");
  }
}

function bestAmplitude(
  problem: MeanFieldProblem,
  ensemble: MeanFieldEnsemble,
  density: number,
  start: number,
): DensityPoint {
  const { argument, value } = descend(
    (logAmplitude) => meanFieldAt(problem, ensemble, density, Math.exp(logAmplitude)).objective,
    Math.log(start),
    AMPLITUDE_STEP,
  );
  return { density, amplitude: Math.exp(argument), objective: value };
}

/**
 * The terms of the objective by the envelope theorem: at the optimal decoder, the derivative of the least objective
 * with respect to λ is the error on the support, and that with respect to ρ_D is ‖D‖².
 */
function partsAt(problem: MeanFieldProblem, ensemble: MeanFieldEnsemble, point: DensityPoint): MeanFieldParts {
  const { density, amplitude, objective } = point;
  const { lambdaOn, decoderRidge, encoderRidge, features, hidden } = problem;
  const slope = (key: "lambdaOn" | "decoderRidge") => {
    const step = 1e-3 * problem[key];
    const shifted = (by: number) =>
      meanFieldAt({ ...problem, [key]: problem[key] + by }, ensemble, density, amplitude).objective;
    return (shifted(step) - shifted(-step)) / (2 * step);
  };
  const on = slope("lambdaOn");
  const decoderPenalty = decoderRidge > 0 ? decoderRidge * slope("decoderRidge") : 0;
  const encoderPenalty = encoderRidge * amplitude ** 2 * density * features * hidden;
  return { on, off: objective - lambdaOn * on - decoderPenalty - encoderPenalty, decoderPenalty, encoderPenalty };
}
