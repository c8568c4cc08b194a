/** The trained network as a model of its own, for other people's runtimes. */
import { activations } from "./activations.ts";
import type { Config } from "../experiment/config.ts";
import { activationsOf, decode } from "./denoiser.ts";
import { serialize } from "../graph/serialize.ts";
import { constant, input, labelled } from "../graph/tensor.ts";
import type { Weights } from "./weights.ts";

/**
 * Writes the denoiser with its weights inside.
 *
 * @returns the bytes of an ONNX model with input `x` [batch, d] and output `y` [batch, d], any batch
 */
export function inferenceModel(config: Config, { features, hidden, encoder, decoder }: Weights): Uint8Array {
  const x = input("x", "float32", ["batch", features]);
  const activation = activations[config.model.activation];
  const a = labelled("hidden", () => activationsOf(constant(encoder, [features, hidden], "encoder"), x, activation));
  const y = decode(constant(decoder, [features, hidden], "decoder"), a);
  return serialize({ name: config.name, inputs: { x }, outputs: { y } });
}
