/** Whether the learned S is a ground state: its energy beside that of designs and of what searches find. */
import type { Config } from "../../models/experiment/config.ts";
import { isKHot, oddActivation, rebalancedLoss, requireKHot } from "../../models/experiment/requirements.ts";
import { UsageError } from "../../models/errors.ts";
import { activations } from "../../models/network/activations/activations.ts";
import { randomStream } from "../../models/random.ts";
import type { Device } from "../../models/runtime/device.ts";
import { heldOutLoss } from "../../models/training/evaluation.ts";
import { isExactAffordable } from "../../models/training/exact/exact_cost.ts";
import { exactObjective } from "../../models/training/exact/exact_objective.ts";
import { descend, signChanges } from "../basins/basin_descent.ts";
import { goldenSection } from "../numerics/minimize.ts";
import { type GraphStatistics, graphStatistics } from "../random_graph/graph_statistics.ts";
import { type SignMatrix, signMatrix } from "../signs/sign_matrix.ts";
import type { Estimate } from "../signs/signs.ts";
import { signEnergy } from "./sign_energy.ts";
import { type CandidateKind, searchedKinds, signCandidates } from "./sign_candidates.ts";
import { searchSigns, type SignSearch } from "./sign_search.ts";
import type { SignProblem } from "./second_moments.ts";

/** One S and what it costs. */
export interface SignCandidate {
  /** Where it comes from. */
  readonly kind: CandidateKind;
  /** Whether a search has changed it. */
  readonly searched: boolean;
  /** c, the best for this S. */
  readonly amplitude: number;
  /** The least objective over all decoders at E = c·S: exact. */
  readonly energy: number;
  /** The objective after both matrices have followed: exact, or on fresh samples with its error. */
  readonly relaxed: Estimate;
  /** Entries of S that changed on the way down, in units of its nonzeros. */
  readonly changedShare: number;
  /** Nonzeros over d. */
  readonly neuronsPerFeature: number;
  /** Of this S. */
  readonly statistics: GraphStatistics;
}

/** One search. */
export interface SearchRecord extends Omit<SignSearch, "entries"> {
  /** Where it started. */
  readonly kind: CandidateKind;
  /** c, the best for the start; kept while it searches. */
  readonly amplitude: number;
}

/** What the searches and the designs say. */
export interface GroundState {
  /** As trained: the objective after the same descent as all others, from the learned weights themselves. */
  readonly learned: Estimate;
  /** Every S: as it was given, and after a search where there was one. */
  readonly candidates: readonly SignCandidate[];
  readonly searches: readonly SearchRecord[];
  /** First and last temperature, in units of the objective. */
  readonly temperatures: readonly [number, number];
  /** Steps of a descent. */
  readonly steps: number;
  /** Whether `relaxed` is exact. */
  readonly exact: boolean;
}

/** Options of `analyseGroundState`. */
export interface GroundStateOptions {
  /** Moves of a search. @default 10000 */
  moves?: number;
  /** Training steps of a descent. @default 400 */
  steps?: number;
  /** Fixes what is drawn. @default 0 */
  seed?: number;
  /** Where descents run. @default "cpu" */
  device?: Device;
  /** Told what is being computed. @default nobody */
  report?: (stage: string) => void;
}

/** The usual length of the searches and descents. */
export const groundStateDefaults = { moves: 10000, steps: 400 } as const;

/** Peak learning rate of a descent, as a fraction of the experiment's. */
const LEARNING_RATE_FACTOR = 0.2;
/** First and last temperature in units of the learned energy a nonzero: at the first a few moves in ten are accepted. */
const [HOT, COLD] = [0.1, 0.005];
/** Bounds of the search for c, in units of the learned one, and its precision. */
const AMPLITUDES = [0.75, 1.25] as const;
const AMPLITUDE_PRECISION = 0.02;
const MEHLER_ORDER = 3;

/**
 * Searches for better signs than the learned ones and compares what is found with designs.
 *
 * A search knows the energy of S exactly and for a rigid encoder c·S with its optimal decoder; in the end both matrices follow by
 * a short training, as in the section on basins, and the objective is measured: what was gained rigidly may not last.
 *
 * @param learned the weights and their S
 * @param amplitude mean |E| over the nonzeros of S
 * @throws {UsageError} for another loss than the rebalanced one, samples that are not k-hot with k = 2, an activation that is
 *   not odd, an S without nonzeros
 */
export async function analyseGroundState(
  config: Config,
  learned: {
    readonly encoder: Float32Array;
    readonly decoder: Float32Array;
    readonly signs: SignMatrix;
    readonly amplitude: number;
  },
  options: GroundStateOptions = {},
): Promise<GroundState> {
  const { moves, steps } = { ...groundStateDefaults, ...options };
  const { seed = 0, device = "cpu", report } = options;
  const problem = signProblem(config);
  if (learned.signs.edges === 0) {
    throw new UsageError("A search needs signs, but S is zero; train until the weights have frozen.");
  }
  const exact = isExactAffordable(config, device);
  const relax = relaxation(config, { steps, seed, device, exact });
  const bestAmplitude = (entries: Int8Array) =>
    goldenSection(
      (amplitude) => signEnergy(problem, entries, amplitude).energy(),
      AMPLITUDES[0] * learned.amplitude,
      AMPLITUDES[1] * learned.amplitude,
      AMPLITUDE_PRECISION,
    ).argument;

  async function candidate(kind: CandidateKind, searched: boolean, signs: SignMatrix): Promise<SignCandidate> {
    report?.(`${kind}${searched ? " after its search" : ""}`);
    const { features, hidden, entries, edges } = signs;
    const amplitude = bestAmplitude(entries);
    const state = signEnergy(problem, entries, amplitude);
    const encoder = Float32Array.from(entries, (sign) => amplitude * sign);
    const { objective, weights } = await relax({ encoder, decoder: state.decoder() });
    const { created, pruned, flipped } = signChanges(encoder, weights.encoder, amplitude);
    return {
      kind,
      searched,
      amplitude,
      energy: state.energy(),
      relaxed: objective,
      changedShare: (created + pruned + flipped) / edges,
      neuronsPerFeature: edges / features,
      statistics: graphStatistics(signMatrix(features, hidden, entries)),
    };
  }

  const candidates: SignCandidate[] = [];
  const searches: SearchRecord[] = [];
  const learnedEnergy = signEnergy(problem, learned.signs.entries, learned.amplitude).energy();
  const perEdge = learnedEnergy / learned.signs.edges;
  const temperatures = [HOT * perEdge, COLD * perEdge] as const;
  for (const [kind, signs] of signCandidates(learned.signs, seed)) {
    const given = await candidate(kind, false, signs);
    candidates.push(given);
    if (!searchedKinds.includes(kind)) continue;
    const { entries, ...search } = searchSigns(problem, signs.entries, given.amplitude, {
      moves,
      temperatures,
      random: randomStream(seed, "ground state", "moves", kind),
      onProgress: (share) => report?.(`search from ${kind}, ${Math.round(100 * share)} %`),
    });
    searches.push({ kind, amplitude: given.amplitude, ...search });
    candidates.push(await candidate(kind, true, signMatrix(signs.features, signs.hidden, entries)));
  }
  const { objective } = await relax({ encoder: learned.encoder, decoder: learned.decoder });
  return { learned: objective, candidates, searches, temperatures, steps, exact };
}

/** Whether the energy of an S is known: for the rebalanced loss on 2-hot samples, and an odd activation. */
export function isSignEnergyKnown({ model, task, loss }: Config): boolean {
  const { odd, value } = activations.get(model.activation);
  return loss.name === "rebalanced" && isKHot({ task }) && task.activeFeatures === 2 && odd && value !== undefined;
}

/** What S is asked to do in an experiment. */
export function signProblem(config: Config): SignProblem {
  const what = "the energy of S";
  requireKHot(config, what);
  const { lambdaOn, decoderRidge, encoderRidge } = rebalancedLoss(config, what);
  const { value: activation } = oddActivation(config, what);
  const { model: { features, hidden }, task: { activeFeatures, noiseVariance } } = config;
  if (activeFeatures !== 2) {
    throw new UsageError(`task.activeFeatures: ${what} is known for 2, not for ${activeFeatures}.`);
  }
  if (activation === undefined) throw new UsageError(`model.activation: ${what} needs its values.`);
  return {
    features,
    hidden,
    noiseVariance,
    lambdaOn,
    decoderRidge,
    encoderRidge,
    activation,
    mehlerOrder: MEHLER_ORDER,
  };
}

/** Lets both matrices follow, and measures. */
function relaxation(
  config: Config,
  { steps, seed, device, exact }: { steps: number; seed: number; device: Device; exact: boolean },
) {
  const learningRate = LEARNING_RATE_FACTOR * config.optimizer.learningRate;
  return async (start: { readonly encoder: Float32Array; readonly decoder: Float32Array }) => {
    const weights = await descend(config, start, { steps, learningRate, seed, device });
    if (exact) {
      return { weights, objective: { value: (await exactObjective(config, weights, { device })).objective, error: 0 } };
    }
    const { objective, standardError } = await heldOutLoss(config, weights, { device });
    return { weights, objective: { value: objective, error: standardError } };
  };
}
