/** What can be had without any training: sparse signs drawn by hand, a scale, and the decoder that is best for them. */
import * as d3 from "d3-array";
import type { Config } from "../../models/experiment/config.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import { type RandomStream, randomStream } from "../../models/random.ts";
import type { Device } from "../../models/runtime/device.ts";
import { heldOutLoss } from "../../models/training/evaluation.ts";
import { isExactAffordable } from "../../models/training/exact/exact_cost.ts";
import { exactObjective } from "../../models/training/exact/exact_objective.ts";
import { signProblem } from "../ground_state/ground_state.ts";
import { hadamardSigns, isHadamardDegree } from "../ground_state/hadamard_signs.ts";
import type { SignProblem } from "../ground_state/second_moments.ts";
import { signEnergy } from "../ground_state/sign_energy.ts";
import { meanField } from "../mean_field/mean_field.ts";
import { meanFieldProblemOf } from "../mean_field/mean_field_comparison.ts";
import { goldenSection } from "../numerics/minimize.ts";
import { iidSigns } from "../random_graph/null_models.ts";
import { significant } from "../report/number_text.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import type { Estimate } from "../signs/signs.ts";

/** How signs are drawn: every entry and sign independent; blocks of neurons with the signs of Hadamard matrices. */
export type Construction = "random" | "hadamard";

/** One network that was built. */
export interface HandBuiltPoint {
  /** How its signs were drawn. */
  readonly construction: Construction;
  /** Nonzeros over d. */
  readonly neuronsPerFeature: number;
  /** c: the encoder is c·S. */
  readonly amplitude: number;
  /** The least objective over all decoders, penalties included: exact. */
  readonly objective: number;
}

/** The best network of a construction, on signs that the scan has not seen. */
export interface BestHandBuilt extends HandBuiltPoint {
  /** Spread of the objective over draws of the signs. */
  readonly spread: number;
  /** How many draws; `objective` is their mean. */
  readonly draws: number;
}

/** What was built, beside what was learned. */
export interface HandBuilt {
  /** The objective of the learned weights. */
  readonly learned: Estimate;
  /** One draw of signs at every number of neurons and every scale. */
  readonly scan: readonly HandBuiltPoint[];
  /** The best of each construction. */
  readonly best: readonly BestHandBuilt[];
  /** Random signs with as many nonzeros as the learned S, at the best scale; null where nothing has frozen. */
  readonly asSparse: BestHandBuilt | null;
  /** What the mean-field theory expects of random signs, the scale optimised. */
  readonly theory: readonly Omit<HandBuiltPoint, "construction">[];
}

/** Options of `buildByHand`. */
export interface HandBuiltOptions {
  /** Draws of the signs at the best setting, at least 2. @default 3 */
  draws?: number;
  /** Fixes what is drawn. @default 0 */
  seed?: number;
  /** Where the learned objective is computed. @default "cpu" */
  device?: Device;
  /** Told what is being computed. @default nobody */
  report?: (stage: string) => void;
}

/** Neurons a feature that are tried, where there are so many neurons. */
const degrees = [2, 4, 8, 16, 32, 64, 128, 256, 512] as const;
/** Of Hadamard blocks, for which any two features of a block share all their neurons. */
const LARGEST_BLOCK = 32;
/** The decoders of dense signs take d·n³ operations: with more than these, seconds for each scale, the scan ends. */
const MOST_OPERATIONS = 6e8;
/** Scales that are tried: tanh³ is at a half of its height at 1.08 and at nine tenths at 2.0. */
const amplitudes = [0.6, 0.9, 1.2, 1.5, 1.8, 2.2] as const;
const AMPLITUDE_PRECISION = 0.02;

/** How many energies of an S are computed, about, each of them as long as so many training steps at `laptop`. */
export const handBuiltCost = { energies: 120, stepsPerEnergy: 30 } as const;

/**
 * Builds networks c·S with their optimal decoders, for random S over density and scale, and sets the best beside the learned
 * network. Nothing is trained: the decoder is in closed form and its objective exact, so that a difference is what training
 * adds to a random sparse embedding.
 *
 * @param learned the learned network and its S
 * @throws {UsageError} for another loss than the rebalanced one, samples that are not k-hot with k = 2, or an activation that
 *   is not odd
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { preset } from "../../models/experiment/presets.ts";
 * import { buildByHand } from "./hand_built.ts";
 * const config = preset("quick", { "model.features": 8, "model.hidden": 4, "training.batch": 4 });
 * const weights = { features: 8, hidden: 4, encoder: new Float32Array(32), decoder: new Float32Array(32) };
 * const { learned, best } = await buildByHand(config, { weights, signs: { edges: 0 } }, { draws: 2 });
 * assert(best.every(({ objective }) => objective < learned.value));
 * ```
 */
export async function buildByHand(
  config: Config,
  { weights, signs: { edges } }: { readonly weights: Weights; readonly signs: Pick<SignMatrix, "edges"> },
  { draws = 3, seed = 0, device = "cpu", report }: HandBuiltOptions = {},
): Promise<HandBuilt> {
  const problem = signProblem(config);
  const { features, hidden } = problem;
  const objectiveOf = ({ entries }: SignMatrix, amplitude: number) => signEnergy(problem, entries, amplitude).energy();
  const drawn = (construction: Construction, neuronsPerFeature: number, index: number) =>
    draw(construction, features, hidden, neuronsPerFeature, randomStream(seed, "hand built", construction, index));

  /** The best scale between two, on signs that the scan has not seen. */
  function bestAt(construction: Construction, neuronsPerFeature: number, low: number, high: number): BestHandBuilt {
    report?.(`best ${construction} signs, ${significant(neuronsPerFeature)} neurons a feature`);
    const signs = d3.range(1, draws + 1).map((index) => drawn(construction, neuronsPerFeature, index));
    const { argument: amplitude } = goldenSection((c) => objectiveOf(signs[0], c), low, high, AMPLITUDE_PRECISION);
    const objectives = signs.map((each) => objectiveOf(each, amplitude));
    const [objective, spread] = [d3.mean(objectives)!, d3.deviation(objectives)!];
    return { construction, neuronsPerFeature, amplitude, objective, spread, draws };
  }

  const scan: HandBuiltPoint[] = [];
  const best: BestHandBuilt[] = [];
  for (const construction of ["random", "hadamard"] as const) {
    const own: HandBuiltPoint[] = [];
    for (const neuronsPerFeature of degrees) {
      if (!isTried(construction, problem, neuronsPerFeature)) continue;
      report?.(`${construction} signs, ${neuronsPerFeature} neurons a feature`);
      const signs = drawn(construction, neuronsPerFeature, 0);
      for (const amplitude of amplitudes) {
        own.push({ construction, neuronsPerFeature, amplitude, objective: objectiveOf(signs, amplitude) });
      }
    }
    scan.push(...own);
    const lowest = d3.least(own, ({ objective }) => objective);
    if (lowest === undefined) continue;
    best.push(bestAt(construction, lowest.neuronsPerFeature, ...neighbours(lowest.amplitude)));
  }
  const asSparse = edges === 0 ? null : bestAt("random", edges / features, amplitudes[0], amplitudes.at(-1)!);
  report?.("the learned weights");
  const learned = await learnedObjective(config, weights, device);
  return { learned, scan, best, asSparse, theory: theoryOf(config) };
}

/** The objective of the learned weights: exact where that takes seconds. */
async function learnedObjective(config: Config, weights: Weights, device: Device): Promise<Estimate> {
  if (isExactAffordable(config, device)) {
    return { value: (await exactObjective(config, weights, { device })).objective, error: 0 };
  }
  const { objective, standardError } = await heldOutLoss(config, weights, { device });
  return { value: objective, error: standardError };
}

function theoryOf(config: Config): HandBuilt["theory"] {
  const problem = meanFieldProblemOf(config);
  if (problem === undefined) return [];
  return meanField(problem, "iid").scan
    .map(({ density, amplitude, objective }) => ({ neuronsPerFeature: density * problem.hidden, amplitude, objective }))
    .filter(({ neuronsPerFeature }) => neuronsPerFeature >= degrees[0]);
}

function isTried(construction: Construction, { features, hidden }: SignProblem, neuronsPerFeature: number): boolean {
  if (construction === "hadamard") {
    return neuronsPerFeature <= LARGEST_BLOCK && isHadamardDegree(hidden, neuronsPerFeature);
  }
  return neuronsPerFeature <= hidden && features * neuronsPerFeature ** 3 <= MOST_OPERATIONS;
}

function draw(
  construction: Construction,
  features: number,
  hidden: number,
  neuronsPerFeature: number,
  random: RandomStream,
): SignMatrix {
  if (construction === "hadamard") return hadamardSigns(features, hidden, neuronsPerFeature, random);
  return iidSigns({ features, hidden, edges: Math.round(neuronsPerFeature * features) }, random);
}

/** The scales that are tried beside one, itself at either end. */
function neighbours(amplitude: number): [number, number] {
  const index = amplitudes.findIndex((each) => each === amplitude);
  return [amplitudes[Math.max(0, index - 1)], amplitudes[Math.min(amplitudes.length - 1, index + 1)]];
}
