/** One descent with the objectives at its start and its end. */
import type { Config } from "../../models/experiment/config.ts";
import { hashSeed } from "../../models/random.ts";
import type { Device } from "../../models/runtime/device.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import { heldOutLoss } from "../../models/training/evaluation.ts";
import { optimalDecoder } from "../decoder/optimal_decoder.ts";
import { descend, type SignChanges, signChanges } from "./basin_descent.ts";
import type { Start, StartKind } from "./basin_starts.ts";

/** One descent. Objectives are held-out. */
export interface Descent {
  /** What it started from. */
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

/** What all descents share. */
export interface DescentProtocol {
  /** The learned weights, where the start of kind `learned` is. */
  readonly learned: Weights;
  /** c. */
  readonly amplitude: number;
  /** Training steps. */
  readonly steps: number;
  /** Peak learning rate. */
  readonly learningRate: number;
  /** Held-out samples behind every objective, and samples behind every optimal decoder; the same for all. */
  readonly samples: number;
  readonly seed: number;
  readonly device: Device;
}

/** A descent and the weights at its ends. */
export interface MeasuredDescent {
  readonly descent: Descent;
  readonly start: Weights;
  readonly end: Weights;
}

/** Descends from a start, on data of its own, and measures the objectives on the samples that all descents share. */
export async function measuredDescent(
  config: Config,
  { kind, draw, signs: makeSigns }: Start,
  { learned, amplitude, steps, learningRate, samples, seed, device }: DescentProtocol,
): Promise<MeasuredDescent> {
  const { features, hidden } = learned;
  // The same samples for all decoders, so that starts differ by their encoders alone.
  async function withOptimalDecoder(encoder: Float32Array): Promise<Weights> {
    const { decoder } = await optimalDecoder({ features, hidden, encoder }, config, { samples, seed, device });
    return { features, hidden, encoder, decoder };
  }
  const evaluate = (weights: Weights) => heldOutLoss(config, weights, { samples, seed, device });

  const signs = makeSigns();
  const rounded = Float32Array.from(signs.entries, (sign) => amplitude * sign);
  const start = kind === "learned" ? learned : await withOptimalDecoder(rounded);
  const before = await evaluate(start);
  const dataSeed = hashSeed(seed, "basins", "descent", kind, draw);
  const end = await descend(config, start, { steps, learningRate, seed: dataSeed, device });
  const after = await evaluate(end);
  const refitted = await evaluate(await withOptimalDecoder(end.encoder));
  const descent = {
    kind,
    draw,
    density: signs.edges / signs.entries.length,
    before: before.objective,
    after: after.objective,
    refitted: refitted.objective,
    standardError: after.standardError,
    signsChanged: signChanges(start.encoder, end.encoder, amplitude),
  };
  return { descent, start, end };
}
