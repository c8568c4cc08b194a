/**
 * The network Linear(d→h) | Linear(h→d) | φ with one matrix for both layers: the Toy Model of Superposition of Elhage et al.
 * (2022). The hidden layer is linear, so that it has no axes of its own: W and W R are the same network for every rotation R.
 */
import { z } from "zod";
import { add } from "../graph/elementwise_ops.ts";
import { matmul } from "../graph/linear_algebra_ops.ts";
import { labelled } from "../graph/tensor.ts";
import { activations } from "./activations/activations.ts";
import { denoiser, type DenoiserOptions } from "./denoiser.ts";
import type { Network } from "./network.ts";

/** The options of a toy model; φ stands at its output. */
export interface ToyModelOptions extends DenoiserOptions {
  /** φ, a name in the registry of `activations.ts`. @default "relu" */
  readonly activation: string;
}

/** y = φ(x W Wᵀ + b), W feature-major [d, h]. */
export const toyModel: Network<ToyModelOptions> = {
  options: z.strictObject({
    ...denoiser.options.shape,
    activation: z.string().default("relu").refine((name) => activations.names().includes(name), {
      error: () => `must be one of ${activations.names().join(", ")}`,
    }),
  }),
  parameters: ({ features, hidden }) => ({
    weight: { shape: [features, hidden], ridge: "encoderRidge", storedAs: "weight", storedTransposed: true },
    bias: { shape: [1, features], bias: true },
  }),
  forward({ weight, bias }, x, { activation }) {
    const hidden = labelled("hidden", () => matmul(x, weight));
    const output = add(matmul(hidden, weight, { transposeB: true }), bias);
    return { hidden, output: labelled("output", () => activations.get(activation).apply(output)) };
  },
};
