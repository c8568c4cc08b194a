/**
 * The landscape of infinite data inside the basin of S: where its minimum is, whether it is the only one, how the displacements
 * there follow from S, and how far from it the learned weights are.
 */
import { type SignChanges, signChanges } from "../basins/basin_descent.ts";
import type { Config } from "../../models/experiment/config.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import { randomStream } from "../../models/random.ts";
import type { Device } from "../../models/runtime/device.ts";
import { optimalDecoder } from "../decoder/optimal_decoder.ts";
import { exactGradient } from "../derivatives/exact_gradient.ts";
import { exactHessian } from "../derivatives/exact_hessian.ts";
import { newtonSteps } from "../derivatives/newton_steps.ts";
import { addScaled, type ByMatrix, byMatrix, scaled, type WeightVector } from "../derivatives/weight_vector.ts";
import { clusterAgreement } from "../displacements/cluster_agreement.ts";
import { type ByCluster, byCluster, foldedValues } from "../displacements/displacement_clusters.ts";
import { type DisplacementSample, displacementSample } from "../displacements/displacement_sample.ts";
import {
  amplitudeOf,
  classCentres,
  displacementsWithin,
  roundedEncoder,
} from "../displacements/ideal_configuration.ts";
import { shapesByCluster } from "../displacements/residuals.ts";
import { pinningFieldDefaults } from "../pinning_field/pinning_field_precision.ts";
import { localTheory, type OverlapSums, overlapSums } from "../pinning_field/local_theory.ts";
import { type SignMatrix, signMatrix } from "../signs/sign_matrix.ts";
import type { Agreement } from "../statistics/agreement.ts";
import type { Gaussianity } from "../statistics/gaussianity.ts";
import { spread } from "../statistics/moments.ts";
import { answers, type AnswerShares, answerShares, partialSums } from "./answers.ts";
import type { LandscapePlan } from "./landscape_plan.ts";
import { descendTo, type DescentRecord, forceOver, norms, recordOf, type StartName } from "./minima.ts";
import { pairMetric } from "./pair_metric.ts";
import { settle } from "./settle.ts";
import { type SoftModes, softModes } from "./soft_modes.ts";
import { type WalkShares, walkShares, walkSums } from "./walks.ts";
import type { Waypoints } from "./waypoints.ts";

/** One prediction of the displacements at the minimum. */
export interface LandscapeStage {
  /** "field", "local formula", "order 2", "Newton step 3". */
  readonly name: string;
  /** With the displacements at the minimum. Of the field, which has no scale of its own, R² is that of its best multiple. */
  readonly agreement: ByCluster<Agreement>;
}

/** What the displacements at the minimum sum over. */
export interface LandscapeWalks {
  /** The displacements themselves. */
  readonly displacement: ByMatrix<WalkShares>;
  /** Their first order: what every pair answers to the field on itself. */
  readonly first: ByMatrix<WalkShares>;
  /** Their second. */
  readonly second: ByMatrix<WalkShares>;
}

/** How far from the minimum a training ended, and how much farther it comes. */
export interface TrainingEnd {
  /** The force on the learned weights, over that at the class centres. */
  readonly force: ByMatrix<number>;
  /** Steps that were added at a falling rate. */
  readonly steps: number;
  /** The objective after them; that of the learned weights is `before` of the first descent. */
  readonly objective: number;
  /** The force after them. */
  readonly forceAfter: ByMatrix<number>;
  /** Entries of S that changed meanwhile. */
  readonly changes: SignChanges;
}

/** Key `landscape` of `analysis.json`. */
export interface LandscapeData {
  /** The force, in units of the pinning field's, at which descents were to end. */
  readonly forceLeft: number;
  /** The learned weights, and where they came when the training went on without noise of the samples. */
  readonly continued: TrainingEnd;
  /** Entries of S that changed on the way from the learned weights to their minimum; S is that of the minimum from here on. */
  readonly changes: SignChanges;
  /** The descents, that from the learned weights first. */
  readonly descents: readonly DescentRecord[];
  /** The smallest eigenvalues at the minimum. */
  readonly modes: SoftModes;
  /** The learned displacements as an account of those at the minimum: what is missing is the noise of the training. */
  readonly training: ByCluster<Agreement>;
  /** The predictions from S. */
  readonly stages: readonly LandscapeStage[];
  /** Steps at which R² passes a level in every kind of cluster; null where it does not. */
  readonly passes: readonly { readonly level: number; readonly step: ByCluster<number | null> }[];
  /** Who makes the second order. */
  readonly answers: ByCluster<AnswerShares>;
  /** Sums over walks in S, and how much of the centre they explain. */
  readonly walks: LandscapeWalks;
  /** The displacements at the minimum, and the field, by cluster. */
  readonly shapes: Readonly<Record<"displacement" | "field", Readonly<Record<string, Gaussianity>>>>;
  /** How many terms S Sᵀ S has at a zero of S, and how heavy its tails are. */
  readonly overlapSums: OverlapSums;
  /** Predicted by the last Newton step, and at the minimum (`learned`), of some weights. */
  readonly sample: ByCluster<DisplacementSample>;
}

/** What a landscape is measured with. */
export interface LandscapeOptions {
  /** How carefully. */
  readonly plan: LandscapePlan;
  /** Where descents keep how far they came. */
  readonly waypoints: Waypoints;
  /** All random numbers follow from it. */
  readonly seed: number;
  /** Where it is computed. */
  readonly device: Device;
  /** Told what is being computed. */
  readonly report: (stage: string) => void;
}

/** Orders of the response, and levels of R² that are waited for. */
const [orders, levels] = [4, [0.95, 0.99]] as const;
/** How far a weight moves in one step of a descent at the most, in units of c. */
const longestShare = 0.25;
/** Harmonics of Hessian products: at `quick` they are right to 4e-3 with these, and take half of the time. */
const curvatureTolerance = 1e-4;
/** Probes of each kind for the shares of the second order. */
const probes = 2;

/**
 * Measures the landscape around learned weights.
 *
 * @param weights the learned weights
 * @param config their experiment
 * @param learnedSigns their S
 * @throws {UsageError} for what `exactObstacle` says
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { preset } from "../../models/experiment/presets.ts";
 * import { RunFolder } from "../../models/run/run_folder.ts";
 * import { randomStream } from "../../models/random.ts";
 * import { iidSigns } from "../random_graph/null_models.ts";
 * import { analyseLandscape } from "./landscape.ts";
 * import { landscapePlan } from "./landscape_plan.ts";
 * import { waypointsIn, waypointsInMemory } from "./waypoints.ts";
 * const config = preset("quick", { "model.features": 16, "model.hidden": 8 });
 * const signs = iidSigns({ features: 16, hidden: 8, edges: 32 }, randomStream(1));
 * const planted = (amplitude: number) => Float32Array.from(signs.entries, (sign) => amplitude * sign);
 * const weights = { features: 16, hidden: 8, encoder: planted(1.5), decoder: planted(0.3) };
 * // Ten seconds even at this size, so that it is not done here.
 * const measure = () =>
 *   analyseLandscape(weights, config, signs, {
 *     plan: { ...landscapePlan(config, "cpu"), starts: ["learned", "classCentres"], mostSteps: 2, products: 4 },
 *     waypoints: waypointsInMemory(),
 *     seed: 1,
 *     device: "cpu",
 *     report: console.log,
 *   });
 * void measure;
 * const kept = waypointsIn(new RunFolder("runs/mine", Deno), config); // a measurement that is interrupted goes on from there
 * assertEquals(await kept.read("learned", weights), undefined);
 * ```
 */
export async function analyseLandscape(
  weights: Weights,
  config: Config,
  learnedSigns: SignMatrix,
  { plan, waypoints, seed, device, report }: LandscapeOptions,
): Promise<LandscapeData> {
  const learned = { encoder: weights.encoder, decoder: weights.decoder };
  const slope = (at: WeightVector) => exactGradient(config, at, { device });
  const curvature = { device, tolerance: curvatureTolerance };
  report("curvature of a pair");
  const centres = classCentres(learned, learnedSigns);
  const metric = await pairMetric(exactHessian(config, centres, curvature), learnedSigns, seed);
  const longest = longestShare * amplitudeOf(learned, learnedSigns);
  const descend = (start: StartName, from: WeightVector, fieldNorm: ByMatrix<number>, by = from) =>
    descendTo({
      ...plan,
      start,
      from,
      by,
      slopeNear: (selectedAt, tolerance) => (at) => exactGradient(config, at, { selectedAt, tolerance, device }),
      metric,
      longest,
      fieldNorm,
      waypoints,
      onStep: (step, force, objective) =>
        report(
          `from ${startNames[start]}, step ${step}, objective ${objective.toFixed(6)}, force ${
            force.toExponential(1)
          } of the field's`,
        ),
    });
  const learnedFieldNorm = norms((await slope(centres)).gradient);
  report("the training goes on");
  const ended = await slope(learned);
  const steps = plan.trainings * config.training.steps;
  const settled = await settle(config, learned, {
    before: ended.objective,
    steps,
    learningRate: config.optimizer.learningRate * plan.rateShare,
    waypoints,
    seed,
    device,
  });
  const settledSlope = await slope(settled);
  const learnedAmplitude = amplitudeOf(learned, learnedSigns);
  const continued: TrainingEnd = {
    force: forceOver(learnedFieldNorm, ended.gradient),
    steps,
    objective: settledSlope.objective,
    forceAfter: forceOver(learnedFieldNorm, settledSlope.gradient),
    changes: signChanges(learned.encoder, settled.encoder, learnedAmplitude),
  };
  const first = await descend("learned", learned, learnedFieldNorm, settled);
  const minimum = first.end.weights;

  const amplitude = amplitudeOf(minimum, learnedSigns);
  const changes = signChanges(learned.encoder, minimum.encoder, learnedAmplitude);
  const signs = signsOf(minimum.encoder, amplitude, learnedSigns);
  const { classes: _, ...ideal } = classCentres(minimum, signs);
  const displacement = displacementsWithin(minimum, signs);
  const actual = foldedValues(displacement, signs);
  const agreementOf = (predicted: WeightVector) => clusterAgreement(foldedValues(predicted, signs), actual);
  report("pinning field");
  const field = scaled(-1, (await slope(ideal)).gradient);
  const fieldNorm = norms(field);
  const spreads = byCluster((matrix, region) => spread(actual[matrix][region]));

  const starts: Record<StartName, () => Promise<WeightVector> | WeightVector> = {
    learned: () => learned,
    classCentres: () => ideal,
    oneAmplitude: async () => {
      const encoder = roundedEncoder(minimum, signs);
      return {
        encoder,
        decoder: (await optimalDecoder({ ...config.model, encoder }, config, { seed, device })).decoder,
      };
    },
    perturbed1: () => perturbed(ideal, signs, spreads, 1, seed),
    perturbed2: () => perturbed(ideal, signs, spreads, 2, seed),
  };
  const descents: DescentRecord[] = [];
  // Two ends at one minimum differ along what is slow to settle, which is what is soft.
  let guess: WeightVector | undefined;
  const stages: LandscapeStage[] = [
    fieldStage(agreementOf(displacementsWithin(field, signs))),
    { name: "local formula", agreement: agreementOf(localTheory(signs, displacement, seed).displacement) },
  ];
  for (const start of plan.starts) {
    const descent = start === "learned" ? first : await descend(start, await starts[start](), fieldNorm);
    const record = recordOf(start, descent, minimum, fieldNorm, signs, spreads);
    descents.push(record);
    const { created, pruned, flipped } = record.changes;
    if (descent !== first && created + pruned + flipped === 0) guess ??= addScaled(descent.end.weights, -1, minimum);
  }

  const newtonStages: LandscapeStage[] = [];
  let predicted = displacementsWithin(ideal, signs);
  const { hessianSamples } = pinningFieldDefaults(config);
  const newton = { steps: plan.newtonSteps, gradientAt: slope, hessianSamples, seed, device, report };
  for await (const step of newtonSteps(config, ideal, signs, newton)) {
    predicted = displacementsWithin(step.weights, signs);
    newtonStages.push({ name: `Newton step ${newtonStages.length + 1}`, agreement: agreementOf(predicted) });
  }

  report("orders of the response");
  const there = exactHessian(config, ideal, curvature);
  const terms = await answers(field, there, metric, orders);
  stages.push(
    ...partialSums(terms).map((sum, index) => ({
      name: `order ${index + 1}`,
      agreement: agreementOf(displacementsWithin(sum, signs)),
    })),
  );
  report("who makes the second order");
  const shares = await answerShares(terms[0], there, metric, signs, randomStream(seed, "answers"), probes);
  report("walks");
  const sums = walkSums(signs);
  const sharesOf = (vector: WeightVector) => byMatrix((matrix) => walkShares(sums, vector, matrix, signs));

  report("softest directions");
  const modes = await softModes(exactHessian(config, minimum, curvature), metric, signs, {
    products: plan.products,
    seed,
    guess,
  });
  return {
    forceLeft: plan.forceLeft,
    continued,
    changes,
    descents,
    modes,
    training: agreementOf(displacementsWithin(learned, signs)),
    stages: [...stages, ...newtonStages],
    passes: levels.map((level) => ({
      level,
      step: byCluster((matrix, region) => {
        const index = newtonStages.findIndex(({ agreement }) => agreement[matrix][region].r2 > level);
        return index < 0 ? null : index + 1;
      }),
    })),
    answers: shares,
    walks: { displacement: sharesOf(displacement), first: sharesOf(terms[0]), second: sharesOf(terms[1]) },
    shapes: { displacement: shapesByCluster(displacement, signs), field: shapesByCluster(field, signs) },
    overlapSums: overlapSums(signs),
    sample: displacementSample(predicted, displacement, signs, { seed }),
  };
}

/** What the starts are called. */
export const startNames: Readonly<Record<StartName, string>> = {
  learned: "the learned weights",
  classCentres: "the class centres",
  oneAmplitude: "c·S with its optimal decoder",
  perturbed1: "the class centres with noise, first draw",
  perturbed2: "the class centres with noise, second draw",
};

/** S as an encoder has it: every weight read as the nearest of −c, 0 and c. */
function signsOf(encoder: Float32Array, amplitude: number, { features, hidden }: SignMatrix): SignMatrix {
  const entries = Int8Array.from(encoder, (weight) => Math.abs(weight) > amplitude / 2 ? Math.sign(weight) : 0);
  return signMatrix(features, hidden, entries);
}

/** The class centres with Gaussian noise of the spread that displacements have in every kind of cluster. */
function perturbed(
  ideal: WeightVector,
  { entries }: SignMatrix,
  spreads: ByCluster<number>,
  draw: number,
  seed: number,
): WeightVector {
  const { normal } = randomStream(seed, "perturbed", draw);
  return byMatrix((matrix) =>
    ideal[matrix].map((value, pair) => value + spreads[matrix][entries[pair] === 0 ? "centre" : "corner"] * normal())
  );
}

/** A field has no units of displacement: only its best multiple can be compared with one. */
function fieldStage(agreement: ByCluster<Agreement>): LandscapeStage {
  const best = byCluster((matrix, region) => {
    const own = agreement[matrix][region];
    return { ...own, r2: own.correlation ** 2 };
  });
  return { name: "field", agreement: best };
}
