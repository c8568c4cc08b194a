/** What different signs S are worth: descents from c·S with its optimal decoder, for the learned S and for others. */
import type { Config } from "../../models/experiment/config.ts";
import { UsageError } from "../../models/errors.ts";
import type { Device } from "../../models/runtime/device.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import { ladderStarts, scanStarts, type StartKind } from "./basin_starts.ts";
import { type BasinSummary, displacementCorrelation, lowestDensity, summariseDescents } from "./basin_summary.ts";
import { type Descent, type MeasuredDescent, measuredDescent } from "./measured_descent.ts";
import { amplitudeOf } from "../displacements/ideal_configuration.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import type { Estimate } from "../signs/signs.ts";

/** Options of `analyseBasins`. It takes 2 + 4·draws + densities.length descents. */
export interface BasinOptions {
  /** Independent draws of each design, at least 2, so that they have an error. @default 3 */
  draws?: number;
  /** Training steps of a descent. @default 400 */
  steps?: number;
  /** Peak learning rate of a descent, as a fraction of the experiment's. @default 0.2 */
  learningRateFactor?: number;
  /** Densities of the scan, in units of the learned one, which is there already. @default [0.5, 1.4, 2, 2.8, 4] */
  densities?: readonly number[];
  /** Held-out samples behind every objective; the same samples for all. @default 65536 */
  samples?: number;
  /** All random numbers follow from it. @default 0 */
  seed?: number;
  /** Where it is computed. @default "cpu" */
  device?: Device;
  /** Called after every descent. @default nothing */
  onDescent?: (descent: Descent, done: number, total: number) => void;
}

/** What the signs are worth. */
export interface Basins {
  /** Objective after descent from the learned weights. */
  readonly learned: number;
  /** Objective after descent from c·S, S learned. */
  readonly rounded: number;
  /** Objectives after descent from an iid S with as many nonzeros, a value for each draw. */
  readonly random: readonly number[];
  /** The same with one sign for each neuron. */
  readonly rowSign: readonly number[];
  /** The same with the learned degrees. */
  readonly fixedDegree: readonly number[];
  /** The same with level degrees and small overlaps. */
  readonly regular: readonly number[];
  /** c: mean |E| over the nonzeros of the learned S. */
  readonly amplitude: number;
  /** p of the learned S. */
  readonly density: number;
  /** One row for each kind. */
  readonly ladder: readonly BasinSummary[];
  /** Every descent of the ladder. */
  readonly descents: readonly Descent[];
  /** Iid S at several densities, ascending, the draws at the learned density among them. */
  readonly scan: readonly Descent[];
  /** Where `after` is lowest, by a parabola against ln p through the lowest densities; null if not within the scan. */
  readonly bestDensity: Estimate | null;
  /**
   * Correlation, over all weights, between two displacements from the rounded start: where its own descent ended and
   * where that of the learned weights did. 1 if the basin has one minimum and both are there; training noise lowers it.
   */
  readonly recovered: { readonly encoder: number; readonly decoder: number };
  /** Steps of a descent. */
  readonly steps: number;
  /** Peak learning rate of a descent. */
  readonly learningRate: number;
}

/**
 * How many descents there are and how long they take unless something else is asked for.
 * See {@linkcode analyseBasins}.
 */
export const basinDefaults = {
  draws: 3,
  steps: 400,
  learningRateFactor: 0.2,
  densities: [0.5, 1.4, 2, 2.8, 4] as readonly number[],
  samples: 65536,
};

/**
 * Starts from c·S with its optimal decoder, for the learned S and for others with as many nonzeros, and descends.
 *
 * A descent is a training at a small learning rate on fresh data: the experiment's optimiser from zero moments, its
 * warm-up, then a cosine to zero. It is short, so its end is not the bottom of the basin; what can be compared is what
 * the same descent makes of different starts, the learned weights among them.
 *
 * @param weights a trained network
 * @param config its experiment, with the loss `rebalanced`
 * @param signs its S
 * @throws {UsageError} for another loss, for fewer than 2 draws and for an S without nonzeros
 *
 * @example
 * ```ts
 * import { preset } from "../../models/experiment/presets.ts";
 * import { randomStream } from "../../models/random.ts";
 * import { iidSigns } from "../random_graph/null_models.ts";
 * import { analyseBasins, basinDefaults } from "./basins.ts";
 * const config = preset("quick", { "model.features": 16, "model.hidden": 8 });
 * const signs = iidSigns({ features: 16, hidden: 8, edges: 32 }, randomStream(1));
 * const planted = (amplitude: number) => Float32Array.from(signs.entries, (sign) => amplitude * sign);
 * const weights = { features: 16, hidden: 8, encoder: planted(1.5), decoder: planted(0.3) };
 * // Nineteen descents of 400 steps; not done here.
 * const measure = () => analyseBasins(weights, config, signs, { ...basinDefaults, onDescent: console.log });
 * void measure;
 * ```
 */
export async function analyseBasins(
  weights: Weights,
  config: Config,
  signs: SignMatrix,
  options: BasinOptions = {},
): Promise<Basins> {
  const { draws, steps, learningRateFactor, densities, samples } = { ...basinDefaults, ...options };
  const { seed = 0, device = "cpu", onDescent } = options;
  if (draws < 2) throw new UsageError(`Basins need at least 2 draws of each design to have an error, got ${draws}.`);
  const { edges } = signs;
  if (edges === 0) throw new UsageError("Basins need signs, but S is zero; train until the weights have frozen.");
  const amplitude = amplitudeOf(weights, signs);
  const learningRate = learningRateFactor * config.optimizer.learningRate;

  const protocol = { learned: weights, amplitude, steps, learningRate, samples, seed, device };
  const ladderOf = ladderStarts(signs, draws, seed);
  const scanOf = scanStarts(signs, densities, draws, seed);
  const ends = new Map<StartKind, MeasuredDescent>();
  const descents: Descent[] = [];
  for (const start of [...ladderOf, ...scanOf]) {
    const measured = await measuredDescent(config, start, protocol);
    descents.push(measured.descent);
    // The weights of all starts would fill the memory.
    if (start.kind === "learned" || start.kind === "rounded") ends.set(start.kind, measured);
    onDescent?.(measured.descent, descents.length, ladderOf.length + scanOf.length);
  }
  const ladder = descents.slice(0, ladderOf.length);
  const scan = descents.filter(({ kind }) => kind === "random");
  const kinds = [...new Set(ladder.map(({ kind }) => kind))];
  const afterOf = (wanted: StartKind) => ladder.filter(({ kind }) => kind === wanted).map(({ after }) => after);
  const [learned, rounded] = [ends.get("learned")!, ends.get("rounded")!];
  return {
    learned: afterOf("learned")[0],
    rounded: afterOf("rounded")[0],
    random: afterOf("random"),
    rowSign: afterOf("rowSign"),
    fixedDegree: afterOf("fixedDegree"),
    regular: afterOf("regular"),
    amplitude,
    density: edges / signs.entries.length,
    ladder: kinds.map((kind) => summariseDescents(kind, ladder.filter((descent) => descent.kind === kind), edges)),
    descents: ladder,
    scan: scan.toSorted((a, b) => a.density - b.density),
    bestDensity: lowestDensity(scan),
    recovered: {
      encoder: displacementCorrelation(rounded.start.encoder, rounded.end.encoder, learned.end.encoder),
      decoder: displacementCorrelation(rounded.start.decoder, rounded.end.decoder, learned.end.decoder),
    },
    steps,
    learningRate,
  };
}
