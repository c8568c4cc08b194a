/** Damped Newton steps from the ideal configuration to where the force vanishes: the response to the pinning field. */
import type { Config } from "../../models/experiment/config.ts";
import { hashSeed } from "../../models/random.ts";
import type { Device } from "../../models/runtime/device.ts";
import { type LinearResponse, linearResponse } from "./linear_response.ts";
import { curvatureClasses, pairCurvature } from "./pair_curvature.ts";
import type { SampledGradient } from "./sampled_gradient.ts";
import { sampledHessian } from "./sampled_hessian.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { addScaled, type WeightVector, zeroVector } from "./weight_vector.ts";

/** A damped solve. */
export type Solve = Omit<LinearResponse, "displacement">;

/** One step. */
export interface NewtonStep {
  /** The objective where the step began. */
  readonly objective: number;
  /** How the linear system of the step was solved. */
  readonly solve: Solve;
  /** Where it ended. */
  readonly weights: WeightVector;
}

/** How the steps are measured. */
export interface NewtonOptions {
  /** How many. */
  readonly steps: number;
  /** The gradient at given weights: exact, or on samples of the step's own. */
  readonly gradientAt: (
    weights: WeightVector,
    step: number,
  ) => Promise<Pick<SampledGradient, "objective" | "gradient">>;
  /** Samples behind the Hessian-vector products of one solve. */
  readonly hessianSamples: number;
  /** Fixes the samples of the Hessian-vector products. */
  readonly seed: number;
  /** Where they are computed. */
  readonly device: Device;
  /** Told which step begins. */
  readonly report: (stage: string) => void;
}

/** Least μ: at 1 a step covers half of the way along what a pair feels from itself. */
const leastDamping = 1;

/**
 * Share of a step's move that the next one repeats (Polyak's heavy ball): damping makes soft directions slow, and this
 * makes up for most of it.
 */
export const newtonMomentum = 0.3;

/**
 * Steps −(H + μB)⁻¹∇L, B being the curvature that a pair feels from itself at the start.
 *
 * @param start encoder of the ideal configuration with the decoder that is optimal for it
 * @param signs S, whose classes B is measured by
 *
 * @example
 * ```ts
 * import { assertGreater } from "@std/assert";
 * import { preset } from "../../models/experiment/presets.ts";
 * import { randomStream } from "../../models/random.ts";
 * import { iidSigns } from "../random_graph/null_models.ts";
 * import { continuationAgreement, continueTraining } from "./continued_training.ts";
 * import { exactGradient } from "./exact_gradient.ts";
 * import { newtonSteps } from "./newton_steps.ts";
 * const config = preset("quick", { "model.features": 16, "model.hidden": 8 });
 * const signs = iidSigns({ features: 16, hidden: 8, edges: 32 }, randomStream(1));
 * const planted = (amplitude: number) => Float32Array.from(signs.entries, (sign) => amplitude * sign);
 * const start = { encoder: planted(1.5), decoder: planted(0.3) };
 * const steps = await Array.fromAsync(newtonSteps(config, start, signs, {
 *   steps: 2,
 *   gradientAt: (weights) => exactGradient(config, weights),
 *   hessianSamples: 1024,
 *   seed: 1,
 *   device: "cpu",
 *   report: () => {},
 * }));
 * assertGreater(steps[0].objective, steps[1].objective); // where each of them began
 * // Beside a training that goes on from the same place:
 * const continued = await continueTraining(config, start, { steps: 16, learningRate: 0.01, seed: 1, device: "cpu" });
 * const none = Array.from({ length: signs.edges }, () => false);
 * const outliers = { encoder: none, decoder: none };
 * console.log(
 *   continuationAgreement(steps[1].weights, start, continued, outliers, signs).predicted.decoder.centre.correlation,
 * );
 * ```
 */
export async function* newtonSteps(
  config: Config,
  start: WeightVector,
  signs: SignMatrix,
  { steps, gradientAt, hessianSamples, seed, device, report }: NewtonOptions,
): AsyncGenerator<NewtonStep> {
  const samplesOf = (label: number) => ({
    samples: hessianSamples,
    seed: hashSeed(seed, "pinning", "hessian", label),
    device,
  });
  const hessian = sampledHessian(config, start, samplesOf(9));
  const curvature = await pairCurvature(hessian, curvatureClasses(signs), { seed });
  let weights = start;
  let move = zeroVector(start.encoder.length);
  let damping = leastDamping;
  for (let step = 0; step < steps; step++) {
    report(`Newton step ${step + 1} of ${steps}`);
    const { objective, gradient } = await gradientAt(weights, step);
    const { displacement, ...solve } = await linearResponse(config, weights, gradient, curvature, {
      ...samplesOf(10 + step),
      damping,
    });
    // Where one step needed more damping the same directions await the next one.
    damping = solve.damping;
    move = addScaled(displacement, newtonMomentum, move);
    weights = addScaled(weights, 1, move);
    yield { objective, solve, weights };
  }
}
