/** What different signs S are worth: descents from c·S with its optimal decoder, for the learned S and for others. */
import type { Config } from "../../models/experiment/config.ts";
import { UsageError } from "../../models/errors.ts";
import { heldOutLoss } from "../../models/training/evaluation.ts";
import { hashSeed, randomStream } from "../../models/random.ts";
import type { Device } from "../../models/runtime/device.ts";
import type { Weights } from "../../models/network/weights.ts";
import { descend, type SignChanges, signChanges } from "./basin_descent.ts";
import { amplitudeOf } from "../displacements/ideal_configuration.ts";
import { iidSigns } from "../random_graph/null_models.ts";
import { optimalDecoder } from "../decoder/optimal_decoder.ts";
import { parabolaMinimum } from "../numerics/parabola_minimum.ts";
import { type SignDesign, signDesigns } from "../random_graph/sign_designs.ts";
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
  /** @default "cpu" */
  device?: Device;
  /** Called after every descent. @default nothing */
  onDescent?: (descent: Descent, done: number, total: number) => void;
}

/** Where a descent started: the learned weights themselves, c times the learned S, or c times an S of a design. */
export type StartKind = "learned" | "rounded" | SignDesign;

/** One descent. Objectives are held-out. */
export interface Descent {
  readonly kind: StartKind;
  /** Number of the draw; 0 where there is one only. */
  readonly draw: number;
  /** p at the start. */
  readonly density: number;
  /** At the start: c·S with its optimal decoder, or the learned weights as they are. */
  readonly before: number;
  /** At the end. */
  readonly after: number;
  /** At the end, with the decoder replaced by the optimal one: what the encoder is worth, free of training noise. */
  readonly refitted: number;
  /** Standard error of `after` over the held-out samples. Differences between descents have a smaller one. */
  readonly standardError: number;
  /** Weights that cross over, each read as the nearest of −c, 0 and c. */
  readonly signsChanged: SignChanges;
}

/** The descents of one kind: means over draws with their standard errors; for a single start, errors over samples. */
export interface BasinSummary {
  readonly kind: StartKind;
  readonly draws: number;
  readonly before: Estimate;
  readonly after: Estimate;
  readonly refitted: Estimate;
  /** Changed entries of S in units of its number of nonzeros; no error for a single start. */
  readonly changedShare: Estimate;
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
 */
export async function analyseBasins(
  weights: Weights,
  config: Config,
  signs: SignMatrix,
  options: BasinOptions = {},
): Promise<Basins> {
  const { draws = 3, steps = 400, learningRateFactor = 0.2, densities = [0.5, 1.4, 2, 2.8, 4] } = options;
  const { samples = 65536, seed = 0, device = "cpu", onDescent } = options;
  if (draws < 2) throw new UsageError(`Basins need at least 2 draws of each design to have an error, got ${draws}.`);
  const { edges } = signs;
  if (edges === 0) throw new UsageError("Basins need signs, but S is zero; train until the weights have frozen.");
  const amplitude = amplitudeOf(weights, signs);
  const learningRate = learningRateFactor * config.optimizer.learningRate;

  const starts: { kind: StartKind; draw: number; signs: () => SignMatrix }[] = [
    { kind: "learned", draw: 0, signs: () => signs },
    { kind: "rounded", draw: 0, signs: () => signs },
    ...(Object.keys(signDesigns) as SignDesign[]).flatMap((kind) =>
      Array.from({ length: draws }, (_, draw) => ({
        kind,
        draw,
        signs: () => signDesigns[kind](signs, randomStream(seed, "basins", kind, draw)),
      }))
    ),
  ];
  const scanned: typeof starts = densities.map((factor, index) => ({
    kind: "random",
    draw: draws + index,
    signs: () => iidSigns({ ...signs, edges: Math.round(factor * edges) }, randomStream(seed, "basins", "scan", index)),
  }));

  /** The best decoder for an encoder; the same samples for all, so that starts differ by their encoders alone. */
  async function withOptimalDecoder(encoder: Float32Array): Promise<Weights> {
    const { features, hidden } = weights;
    const { decoder } = await optimalDecoder({ features, hidden, encoder }, config, { samples, seed, device });
    return { features, hidden, encoder, decoder };
  }
  const evaluate = (candidate: Weights) => heldOutLoss(config, candidate, { samples, seed, device });

  const ends = new Map<StartKind, { start: Weights; end: Weights }>();
  let done = 0;
  async function runDescent({ kind, draw, signs: makeSigns }: (typeof starts)[number]): Promise<Descent> {
    const from = makeSigns();
    const rounded = Float32Array.from(from.entries, (sign) => amplitude * sign);
    const start = kind === "learned" ? weights : await withOptimalDecoder(rounded);
    const before = await evaluate(start);
    const dataSeed = hashSeed(seed, "basins", "descent", kind, draw);
    const end = await descend(config, start, { steps, learningRate, seed: dataSeed, device });
    const after = await evaluate(end);
    const refitted = await evaluate(await withOptimalDecoder(end.encoder));
    if (kind === "learned" || kind === "rounded") ends.set(kind, { start, end });
    const descent = {
      kind,
      draw,
      density: from.edges / from.entries.length,
      before: before.objective,
      after: after.objective,
      refitted: refitted.objective,
      standardError: after.standardError,
      signsChanged: signChanges(start.encoder, end.encoder, amplitude),
    };
    onDescent?.(descent, ++done, starts.length + scanned.length);
    return descent;
  }
  const descents: Descent[] = [];
  for (const start of starts) descents.push(await runDescent(start));
  const scan = descents.filter(({ kind }) => kind === "random");
  for (const start of scanned) scan.push(await runDescent(start));

  const kinds = [...new Set(starts.map(({ kind }) => kind))];
  const afterOf = (kind: StartKind) => descents.filter((descent) => descent.kind === kind).map(({ after }) => after);
  const { start, end } = ends.get("rounded")!;
  const learnedEnd = ends.get("learned")!.end;
  return {
    learned: afterOf("learned")[0],
    rounded: afterOf("rounded")[0],
    random: afterOf("random"),
    rowSign: afterOf("rowSign"),
    fixedDegree: afterOf("fixedDegree"),
    regular: afterOf("regular"),
    amplitude,
    density: edges / signs.entries.length,
    ladder: kinds.map((kind) => summarise(kind, descents.filter((descent) => descent.kind === kind), edges)),
    descents,
    scan: scan.toSorted((a, b) => a.density - b.density),
    bestDensity: lowestDensity(scan),
    recovered: {
      encoder: displacementCorrelation(start.encoder, end.encoder, learnedEnd.encoder),
      decoder: displacementCorrelation(start.decoder, end.decoder, learnedEnd.decoder),
    },
    steps,
    learningRate,
  };
}

function summarise(kind: StartKind, descents: readonly Descent[], edges: number): BasinSummary {
  const draws = descents.length;
  const estimate = (values: number[], errorOfOne: number): Estimate => {
    const value = values.reduce((sum, each) => sum + each, 0) / draws;
    if (draws === 1) return { value, error: errorOfOne };
    const squares = values.reduce((sum, each) => sum + (each - value) ** 2, 0);
    return { value, error: Math.sqrt(squares / (draws - 1) / draws) };
  };
  const [{ standardError }] = descents;
  const changed = descents.map(({ signsChanged: { created, pruned, flipped } }) =>
    (created + pruned + flipped) / edges
  );
  return {
    kind,
    draws,
    before: estimate(descents.map(({ before }) => before), standardError),
    after: estimate(descents.map(({ after }) => after), standardError),
    refitted: estimate(descents.map(({ refitted }) => refitted), standardError),
    changedShare: estimate(changed, 0),
  };
}

/** The minimum of a parabola against ln p, through the density with the lowest objective and two on either side. */
function lowestDensity(scan: readonly Descent[]): Estimate | null {
  const densities = [...new Set(scan.map(({ density }) => density))].sort((a, b) => a - b);
  const lowest = scan.reduce((best, point) => point.after < best.after ? point : best);
  const index = densities.indexOf(lowest.density);
  const near = scan.filter(({ density }) => Math.abs(densities.indexOf(density) - index) <= 2);
  const minimum = parabolaMinimum(near.map(({ density }) => Math.log(density)), near.map(({ after }) => after));
  if (minimum === null) return null;
  const density = Math.exp(minimum.value);
  return { value: density, error: density * minimum.error };
}

/** Correlation over all entries of `end − start` and `learned − start`. */
function displacementCorrelation(start: Float32Array, end: Float32Array, learned: Float32Array): number {
  let products = 0;
  let squares = 0;
  let learnedSquares = 0;
  for (let pair = 0; pair < start.length; pair++) {
    const moved = end[pair] - start[pair];
    const wanted = learned[pair] - start[pair];
    products += moved * wanted;
    squares += moved ** 2;
    learnedSquares += wanted ** 2;
  }
  return products / Math.sqrt(squares * learnedSquares);
}
