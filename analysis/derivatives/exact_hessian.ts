/** Hessian-vector products of the objective on infinite data. */
import type { Config } from "../../models/experiment/config.ts";
import { hessianVectorProduct } from "../../models/graph/gradients.ts";
import { type ExactOptions, type ExactTerms, meansOver, partLoss } from "../../models/training/exact/exact_means.ts";
import { exactParts } from "../../models/training/exact/exact_parts.ts";
import { supportCount } from "../../models/training/exact/exact_supports.ts";
import { withRidge } from "./exact_gradient.ts";
import type { WeightVector } from "./weight_vector.ts";

/** The Hessian of the objective at fixed weights, as a linear map. */
export interface ExactHessian {
  /** H·v. */
  product(direction: WeightVector): Promise<WeightVector>;
  /** How many supports it is the mean over: all that there are. */
  readonly supports: number;
}

/**
 * The Hessian of the objective at given weights, without sampling error. See {@linkcode exactGradient}.
 *
 * @throws {UsageError} for what `exactObstacle` says: a loss or an activation without an average in closed form
 */
export function exactHessian(config: Config, weights: WeightVector, options: ExactOptions = {}): ExactHessian {
  const groups = exactParts(config, weights, "hessianProduct", options);
  return {
    supports: supportCount(config),
    async product(direction) {
      return withRidge(
        config,
        await meansOver(config, groups, hessianTerms(weights, direction), options),
        direction,
      );
    },
  };
}

/** H·v as means over supports, without the ridges. */
export function hessianTerms(weights: WeightVector, direction: WeightVector): ExactTerms<keyof WeightVector> {
  return {
    name: "exact-hessian-product",
    matrices: {
      encoder: weights.encoder,
      decoder: weights.decoder,
      alongEncoder: direction.encoder,
      alongDecoder: direction.decoder,
    },
    write(config, { encoder: e, decoder: d, alongEncoder, alongDecoder }, part) {
      const { data } = partLoss(config, { encoder: e, decoder: d }, part);
      const [encoder, decoder] = hessianVectorProduct(data, [e, d], [alongEncoder, alongDecoder]);
      return { encoder, decoder };
    },
  };
}
