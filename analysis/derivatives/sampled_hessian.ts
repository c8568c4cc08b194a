/** Hessian-vector products of the objective, averaged over fresh samples. All sums run inside ONNX Runtime. */
import type { Config } from "../../models/experiment/config.ts";
import { rebalancedLoss, requireKHot, smoothActivation } from "../../models/experiment/requirements.ts";
import { hessianVectorProduct } from "../../models/graph/gradients.ts";
import { input } from "../../models/graph/tensor.ts";
import { objectiveOf } from "../../models/training/objective.ts";
import { antitheticBatch } from "./balanced_batch.ts";
import { batchMeans } from "./batch_means.ts";
import { hessianSharing, type SampleSet } from "./sample_set.ts";
import type { WeightVector } from "./weight_vector.ts";

/** The Hessian of the objective at fixed weights, as a linear map. */
export interface SampledHessian {
  /** H·v; every call sees the same samples, so that all calls together see one symmetric matrix. */
  product(direction: WeightVector): Promise<WeightVector>;
  /** How many are averaged over. */
  readonly samples: number;
}

/**
 * The Hessian of the objective at given weights, from the second derivative of the graph language.
 * See {@linkcode exactGradient}.
 *
 * @throws {UsageError} for a loss other than `rebalanced` and for an activation with a kink
 */
export function sampledHessian(config: Config, weights: WeightVector, set: SampleSet): SampledHessian {
  requireKHot(config, "the sampled Hessian");
  rebalancedLoss(config, "the sampled Hessian");
  smoothActivation(config, "the sampled Hessian");
  const { model: { features, hidden } } = config;
  const shape = [features, hidden];
  const matrix = (name: string) => input(name, "float32", shape);
  const parameters = { encoder: matrix("encoder"), decoder: matrix("decoder") };
  const direction = { alongEncoder: matrix("alongEncoder"), alongDecoder: matrix("alongDecoder") };
  const means = batchMeans(config, set, {
    name: "hessian-product",
    inputs: { ...parameters, ...direction },
    shapes: { encoder: shape, decoder: shape },
    write(supports, nextSeed) {
      const batch = antitheticBatch(config, supports, hessianSharing, nextSeed);
      const { objective } = objectiveOf(config, "gram", parameters, batch);
      const [encoder, decoder] = hessianVectorProduct(objective, [parameters.encoder, parameters.decoder], [
        direction.alongEncoder,
        direction.alongDecoder,
      ]);
      return { encoder, decoder };
    },
  });
  return {
    samples: means.samples,
    product: ({ encoder: alongEncoder, decoder: alongDecoder }) =>
      means.run({ encoder: weights.encoder, decoder: weights.decoder, alongEncoder, alongDecoder }),
  };
}
