/** The decoder that is best for a given encoder: a weighted ridge problem for each feature, solved on samples. */
import type { Config } from "../../models/experiment/config.ts";
import { rebalancedLoss, requireKHot } from "../../models/experiment/requirements.ts";
import { FailureError } from "../../models/errors.ts";
import { heldOutLoss } from "../../models/training/evaluation.ts";
import type { Device } from "../../models/runtime/device.ts";
import { openSession, runOnce } from "../../models/runtime/session.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import { solverModel } from "./feature_systems.ts";
import { drawBank } from "./sample_bank.ts";
import { sharedMomentsModel } from "./shared_moments.ts";

/** Options of `optimalDecoder`. */
export interface OptimalDecoderOptions {
  /** Samples in the moments that all features share; rounded up to whole batches. @default 131072 */
  samples?: number;
  /** n: samples that have a given feature on, for each feature; rounded up to an even number. @default 256 */
  samplesPerFeature?: number;
  /** All random numbers follow from it. @default 0 */
  seed?: number;
  /** Where it is computed. @default "cpu" */
  device?: Device;
}

/** The best decoder on the samples that it was fitted to. */
export interface OptimalDecoder {
  /** D at `feature * hidden + neuron`, feature-major [d, h]. */
  readonly decoder: Float32Array;
  /**
   * The objective on the samples of the fit, ρ_E ‖E‖² included. Its mean over samples is not above the objective of the
   * truly optimal decoder, and a held-out objective of `decoder` is not below it: together they bracket the optimum.
   */
  readonly fittedObjective: number;
}

/** The objective of the best decoder, from both sides. */
export interface OptimalDecoderObjective {
  /** On fresh samples: what the fitted decoder is worth, and an upper bound of the optimum within its error. */
  readonly objective: number;
  /** Standard error of `objective`. */
  readonly standardError: number;
  /** On the samples of the fit: a lower bound of the optimum within its error. */
  readonly fittedObjective: number;
}

/** Steps of conjugate gradients between two looks at the residual. */
const stepsPerRound = 16;
/** Rounds after which a system that still has not converged is given up. */
const mostRounds = 8;
/** Largest |A D − b| / |b| of any feature; the objective is then off by about its square. */
const tolerance = 1e-4;

/**
 * Solves for every feature i the weighted ridge problem of its row of the decoder,
 *
 *     minimise E[(λ·1{i∈I} + 1{i∉I}) (D_i·a − x*_i)²] + ρ_D ‖D_i‖².
 *
 * With q = k/d = P(i ∈ I), M₀ = E[a aᵀ], M_i = E[a aᵀ | i ∈ I] and m_i = E[a | i ∈ I], setting the gradient to zero gives
 *
 *     (M₀ + (λ − 1) q M_i + ρ_D) D_i = λ q m_i,       and the least objective is λk − λ q Σ_i m_i·D_i  (+ ρ_E ‖E‖²).
 *
 * (Ridge regression with sample weights: Hoerl and Kennard, Technometrics 12 (1970), after Aitken 1935.)
 *
 * M₀ comes from many samples, but M_i has only those with i on, and a fit on few samples is too good on them. So one
 * bank of n samples b = φ(z) with k − 1 features on serves every feature: adding feature i, a = φ(z + E_i), makes it a
 * sample with i on, and only what i changes is estimated from the bank, M_i = E[b bᵀ] + mean(a aᵀ − b bᵀ), and m_i
 * likewise, with the moments of b from as many samples as M₀ (a control variate, free of bias). The bank's features are
 * drawn in rounds of all d, and its noise in pairs ±ξ. The systems are solved by conjugate gradients in the runtime;
 * 3072 × 1024 takes about a minute on two cores.
 *
 * @param weights the encoder in use; the decoder is not looked at
 * @param config the experiment, with the loss `rebalanced`
 * @throws {UsageError} for another loss
 * @throws {FailureError} if the systems do not converge, as without a ridge where neurons are redundant
 *
 * @example
 * ```ts
 * import { assertEquals, assertGreater } from "@std/assert";
 * import { preset } from "../../models/experiment/presets.ts";
 * import { randomStream } from "../../models/random.ts";
 * import { iidSigns } from "../random_graph/null_models.ts";
 * import { optimalDecoder, optimalDecoderObjective } from "./optimal_decoder.ts";
 * const config = preset("quick", { "model.features": 16, "model.hidden": 8 });
 * const { entries } = iidSigns({ features: 16, hidden: 8, edges: 32 }, randomStream(1));
 * const weights = { features: 16, hidden: 8, encoder: Float32Array.from(entries, (sign) => 1.5 * sign) };
 * const samples = { samples: 4096, samplesPerFeature: 64 };
 * assertEquals((await optimalDecoder(weights, config, samples)).decoder.length, 16 * 8);
 * const { objective, fittedObjective } = await optimalDecoderObjective(weights, config, samples);
 * assertGreater(32, objective); // what no output at all costs: λ for each of two features
 * console.log(fittedObjective, objective); // the optimum lies between them
 * ```
 */
export async function optimalDecoder(
  weights: Pick<Weights, "features" | "hidden" | "encoder">,
  config: Config,
  { samples = 131072, samplesPerFeature = 256, seed = 0, device = "cpu" }: OptimalDecoderOptions = {},
): Promise<OptimalDecoder> {
  const { features, hidden } = weights;
  requireKHot(config, "the optimal decoder");
  const { lambdaOn, encoderRidge } = rebalancedLoss(config, "the optimal decoder");
  const encoder = { data: weights.encoder, shape: [features, hidden] };
  const bank = drawBank(features, config.task.activeFeatures, 2 * Math.ceil(samplesPerFeature / 2), seed);
  const moments = sharedMomentsModel(config, weights, bank, { samples, seed });
  const shared = await runOnce(moments, { encoder, ...bank.inputs }, { device });
  const session = await openSession(solverModel(config, weights, bank, stepsPerRound), { device });
  try {
    let decoder = new Float32Array(features * hidden);
    for (let round = 0; round < mostRounds; round++) {
      const solved = await session.run({
        encoder,
        ...bank.inputs,
        ...shared,
        start: { data: decoder, shape: [features, hidden] },
      });
      decoder = solved.decoder.data as Float32Array<ArrayBuffer>;
      const residual = (solved.residual.data as Float32Array).reduce((most, value) => Math.max(most, value), 0);
      if (residual <= tolerance) {
        const explained = (solved.explained.data as Float32Array).reduce((sum, value) => sum + value, 0);
        const penalty = encoderRidge * weights.encoder.reduce((sum, value) => sum + value * value, 0);
        return { decoder, fittedObjective: lambdaOn * config.task.activeFeatures - explained + penalty };
      }
    }
  } finally {
    await session.release();
  }
  throw new FailureError(
    `The optimal decoder did not converge in ${
      mostRounds * stepsPerRound
    } steps; give loss.decoderRidge a larger value.`,
  );
}

/**
 * The objective of the best decoder for an encoder, on the samples of the fit and on fresh ones.
 * See {@linkcode optimalDecoder}.
 *
 * @param weights the encoder in use; the decoder is not looked at
 * @param config the experiment, with the loss `rebalanced`
 * @param options as of `optimalDecoder`; the fresh samples are as many as its shared ones
 * @throws {UsageError} for another loss
 */
export async function optimalDecoderObjective(
  weights: Pick<Weights, "features" | "hidden" | "encoder">,
  config: Config,
  options: OptimalDecoderOptions = {},
): Promise<OptimalDecoderObjective> {
  const { decoder, fittedObjective } = await optimalDecoder(weights, config, options);
  const { objective, standardError } = await heldOutLoss(config, { ...weights, decoder }, options);
  return { objective, standardError, fittedObjective };
}
