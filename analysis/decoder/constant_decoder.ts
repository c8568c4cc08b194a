/** The best decoder of the form b·S, in closed form, and what a feature of a given degree would want instead. */
import { activations } from "../../models/network/activations/activations.ts";
import type { Config } from "../../models/experiment/config.ts";
import { rebalancedLoss, requireKHot } from "../../models/experiment/requirements.ts";
import { sampleBatch } from "../../models/data/k_hot.ts";
import { activationsOfBatch } from "../../models/network/denoiser.ts";
import { multiply, square } from "../../models/graph/elementwise_ops.ts";
import { gather, reduceSum, reshape } from "../../models/graph/layout_ops.ts";
import { matmul } from "../../models/graph/linear_algebra_ops.ts";
import { quadraticForm } from "../../models/graph/symmetric_ops.ts";
import { loop } from "../../models/graph/loop.ts";
import { serialize } from "../../models/graph/serialize.ts";
import { input } from "../../models/graph/tensor.ts";
import type { Device } from "../../models/runtime/device.ts";
import { runOnce } from "../../models/runtime/session.ts";
import { seedSequence } from "../../models/graph/random_ops.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";

/** Options of `constantDecoder`. */
export interface ConstantDecoderOptions {
  /** Samples behind the moments; rounded up to whole batches. @default 65536 */
  samples?: number;
  /** All random numbers follow from it. @default 0 */
  seed?: number;
  /** @default "cpu" */
  device?: Device;
}

/** The decoder b·S. */
export interface ConstantDecoder {
  /** b. */
  readonly amplitude: number;
  /** The objective with it, on the samples of the fit: one number was fitted. */
  readonly objective: number;
  /** b_n: the amplitude that a feature of degree n alone would want, from the moments of an average neuron. */
  amplitudeAtDegree(degree: number): number;
}

const batchSize = 2048;

/**
 * Finds b so that D = b·S has the least objective. With u = S a and q = k/d, the objective is
 *
 *     λk − 2bN + b²Q (+ ρ_E ‖E‖²),   N = λ E Σ_{i∈I} u_i,   Q = E Σ_i u_i² + (λ − 1) E Σ_{i∈I} u_i² + ρ_D ‖S‖²,
 *
 * so b = N/Q and the least objective is λk − N²/Q.
 *
 * Why decoder corners depend on the degree: let a feature of degree n have on each of its neurons the mean s·a = m when
 * it is on, the mean square M when it is on and V when it is off, and let its neurons be independent otherwise. Its own
 * ridge problem, λq[(n b m − 1)² + n b² (M − m²)] + (1 − q) n b² V + ρ_D n b², is least at
 *
 *     b_n = λ q m / (λ q [m² (n − 1) + M] + (1 − q) V + ρ_D) :
 *
 * n neurons share the work of reaching 1, so b falls with n, as 1/n for large n; the noise and the interference of the
 * other features in V, and the ridge, keep n b m below 1. With a spread of degrees the corners split by degree.
 *
 * @param encoder E feature-major
 * @param signs S
 * @param config the experiment, with the loss `rebalanced`
 */
export async function constantDecoder(
  encoder: Weights["encoder"],
  signs: SignMatrix,
  config: Config,
  { samples = 65536, seed = 0, device = "cpu" }: ConstantDecoderOptions = {},
): Promise<ConstantDecoder> {
  const { features, hidden } = signs;
  requireKHot(config, "the constant decoder");
  const { lambdaOn, decoderRidge, encoderRidge } = rebalancedLoss(config, "the constant decoder");
  const { activeFeatures } = config.task;
  const shape = [features, hidden];
  const parameters = { encoder: input("encoder", "float32", shape), signs: input("signs", "float32", shape) };
  const nextSeed = seedSequence(seed, "constant-decoder");
  const batches = Math.ceil(samples / batchSize);
  const { record } = loop(batches, {}, () => {
    const batch = sampleBatch({ features, batch: batchSize, supportsPerNoise: 1 }, config.task, "float32", nextSeed);
    const a = activationsOfBatch(parameters.encoder, batch, activations.get(config.model.activation));
    const neurons = gather(parameters.signs, batch.support);
    const onSupport = multiply(neurons, reshape(a, [batchSize, 1, hidden]));
    const output = reduceSum(onSupport, { axes: [2] });
    const degree = reduceSum(square(parameters.signs), { axes: [0], keepAxes: true });
    return {
      next: {},
      record: {
        all: reduceSum(quadraticForm(a, matmul(parameters.signs, parameters.signs, { transposeA: true }))),
        on: reduceSum(output),
        onSquared: reduceSum(square(output)),
        edgeOnSquared: reduceSum(square(onSupport)),
        edgeSquared: reduceSum(multiply(square(a), degree)),
      },
    };
  });
  const outputs = await runOnce(serialize({ name: "constant-decoder", inputs: parameters, outputs: record }), {
    encoder: { data: encoder, shape },
    signs: { data: Float32Array.from(signs.entries), shape },
  }, { device });
  const mean = (name: string) =>
    (outputs[name].data as Float32Array).reduce((sum, value) => sum + value, 0) / (batches * batchSize);

  const edges = signs.edges;
  const gain = lambdaOn * mean("on");
  const cost = mean("all") + (lambdaOn - 1) * mean("onSquared") + decoderRidge * edges;
  const penalty = encoderRidge * encoder.reduce((sum, weight) => sum + weight ** 2, 0);
  // Means over edges, given that the feature is on (probability q) or off.
  const chance = activeFeatures / features;
  const meanOn = mean("on") / (chance * edges);
  const squareOn = mean("edgeOnSquared") / (chance * edges);
  const squareOff = (mean("edgeSquared") / edges - chance * squareOn) / (1 - chance);
  const weight = lambdaOn * chance;
  return {
    amplitude: gain / cost,
    objective: lambdaOn * activeFeatures - gain ** 2 / cost + penalty,
    amplitudeAtDegree: (degree) =>
      weight * meanOn / (weight * (meanOn ** 2 * (degree - 1) + squareOn) + (1 - chance) * squareOff + decoderRidge),
  };
}
