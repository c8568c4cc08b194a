/** Hessian-vector products of the objective on infinite data. */
import type { Config } from "../../models/experiment/config.ts";
import { UsageError } from "../../models/errors.ts";
import { hessianVectorProduct } from "../../models/graph/gradients.ts";
import { exactMeans, exactObstacle, type ExactOptions } from "../../models/training/exact_means.ts";
import { supportsIn, supportsOf } from "../../models/training/exact_supports.ts";
import { averagedObjectiveOf } from "../../models/training/objective.ts";
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
 * The Hessian of the objective at given weights, without sampling error.
 *
 * @throws {UsageError} for what `exactObstacle` says: a loss without an average in closed form, more than 2 features on
 */
export function exactHessian(config: Config, weights: WeightVector, options: ExactOptions = {}): ExactHessian {
  const obstacle = exactObstacle(config);
  if (obstacle !== undefined) throw new UsageError(obstacle);
  const supports = supportsOf(config);
  return {
    supports: supports.reduce((sum, batches) => sum + supportsIn(batches), 0),
    async product(direction) {
      const products = await exactMeans(config, supports, {
        name: "exact-hessian-product",
        matrices: {
          encoder: weights.encoder,
          decoder: weights.decoder,
          alongEncoder: direction.encoder,
          alongDecoder: direction.decoder,
        },
        write(config, { encoder: e, decoder: d, alongEncoder, alongDecoder }, batch) {
          const { data } = averagedObjectiveOf(config, { encoder: e, decoder: d }, batch);
          const [encoder, decoder] = hessianVectorProduct(data, [e, d], [alongEncoder, alongDecoder]);
          return { encoder, decoder };
        },
      }, options);
      return withRidge(config, products, direction);
    },
  };
}
