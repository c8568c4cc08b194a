/** The gradient of the objective on infinite data: over all supports, with the noise averaged. */
import type { Config } from "../../models/experiment/config.ts";
import { gradient } from "../../models/graph/gradients.ts";
import { penaltiesOf } from "../../models/training/evaluation.ts";
import { type ExactOptions, meansOver, partLoss } from "../../models/training/exact/exact_means.ts";
import { exactParts } from "../../models/training/exact/exact_parts.ts";
import { supportCount } from "../../models/training/exact/exact_supports.ts";
import { byMatrix, type WeightVector } from "./weight_vector.ts";

/** The objective and its slope, without sampling error. */
export interface ExactGradient {
  /** The objective on infinite data. */
  readonly objective: number;
  /** ∂L/∂w. */
  readonly gradient: WeightVector;
  /** How many supports it is the mean over: all that there are. */
  readonly supports: number;
}

/**
 * The gradient of the objective at given weights.
 *
 * @throws {UsageError} for what `exactObstacle` says: a loss or an activation without an average in closed form
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { preset } from "../../models/experiment/presets.ts";
 * import { randomStream } from "../../models/random.ts";
 * import { iidSigns } from "../random_graph/null_models.ts";
 * import { exactGradient } from "./exact_gradient.ts";
 * import { exactHessian } from "./exact_hessian.ts";
 * import { sampledGradient } from "./sampled_gradient.ts";
 * import { sampledHessian } from "./sampled_hessian.ts";
 * import { addScaled, innerProduct } from "./weight_vector.ts";
 * const config = preset("quick", { "model.features": 16, "model.hidden": 8 });
 * const signs = iidSigns({ features: 16, hidden: 8, edges: 32 }, randomStream(1));
 * const planted = (amplitude: number) => Float32Array.from(signs.entries, (sign) => amplitude * sign);
 * const weights = { encoder: planted(1.5), decoder: planted(0.3) };
 * const direction = { encoder: planted(1), decoder: planted(1) };
 * const { objective, gradient } = await exactGradient(config, weights);
 * const further = await exactGradient(config, addScaled(weights, 0.001, direction));
 * assertAlmostEquals((further.objective - objective) / 0.001, innerProduct(gradient, direction), 0.1);
 * const curvature = innerProduct(direction, await exactHessian(config, weights).product(direction));
 * assertAlmostEquals(innerProduct(addScaled(further.gradient, -1, gradient), direction) / 0.001, curvature, 2);
 * // Where there are no exact means, on samples:
 * const set = { samples: 4096, seed: 1 };
 * assertAlmostEquals((await sampledGradient(config, weights, set)).objective, objective, 1);
 * await sampledHessian(config, weights, set).product(direction);
 * ```
 */
export async function exactGradient(
  config: Config,
  weights: WeightVector,
  options: ExactOptions = {},
): Promise<ExactGradient> {
  const groups = exactParts(config, weights, "gradient", options);
  const { data, ...slopes } = await meansOver(config, groups, {
    name: "exact-gradient",
    matrices: { encoder: weights.encoder, decoder: weights.decoder },
    write(config, { encoder: e, decoder: d }, part) {
      const { data } = partLoss(config, { encoder: e, decoder: d }, part);
      const [encoder, decoder] = gradient(data, [e, d]);
      return { data, encoder, decoder };
    },
  }, options);
  const { decoderPenalty, encoderPenalty } = penaltiesOf(config, weights);
  return {
    objective: data[0] + decoderPenalty + encoderPenalty,
    gradient: withRidge(config, slopes, weights),
    supports: supportCount(config),
  };
}

/** Adds what the ridges give to a gradient, or to a Hessian's product with a direction: 2ρ times the vector. */
export function withRidge(
  { loss }: Config,
  sum: Readonly<Record<keyof WeightVector, Float64Array>>,
  vector: WeightVector,
): WeightVector {
  const ridge = { encoder: loss.encoderRidge, decoder: loss.decoderRidge };
  return byMatrix((matrix) =>
    Float32Array.from(sum[matrix], (value, entry) => value + 2 * ridge[matrix] * vector[matrix][entry])
  );
}
