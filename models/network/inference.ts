/** The trained network as a model of its own, for other people's runtimes. */
import { serialize } from "../graph/serialize.ts";
import { constant, type ConstantData, input, type Tensor } from "../graph/tensor.ts";
import type { Layers } from "./network.ts";
import { networks } from "./networks.ts";

/** Which network it is: the parts of an experiment that say so. */
export interface NamedNetwork {
  /** The experiment's. */
  readonly name: string;
  /** The network's, with its options. */
  readonly model: { readonly name: string; readonly features: number };
}

/** The values of the parameters by name. */
export type ParameterValues = Readonly<
  Record<string, { readonly data: ConstantData; readonly shape: readonly number[] }>
>;

/**
 * Writes the network with its parameters inside.
 *
 * @param experiment an experiment, for its `name` and `model`
 * @returns the bytes of an ONNX model with input `x` [batch, d] and output `y` [batch, d], any batch
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import { inferenceModel } from "./inference.ts";
 * const model = { name: "denoiser", features: 2, hidden: 1, activation: "relu" };
 * const shape = [2, 1];
 * const encoder = { data: Float32Array.of(1, -2), shape };
 * const bytes = inferenceModel({ name: "tiny", model }, {
 *   encoder,
 *   decoder: { data: Float32Array.of(3, 0), shape },
 * });
 * const { y } = await runOnce(bytes, { x: { data: Float32Array.of(1, 0, 0, 1), shape: [2, 2] } });
 * assertEquals(y.data, Float32Array.of(3, 0, 0, 0));
 * ```
 */
export function inferenceModel({ name, model }: NamedNetwork, values: ParameterValues): Uint8Array {
  const x = input("x", "float32", ["batch", model.features]);
  const { output: y } = layersOn(x, model, values);
  return serialize({ name, inputs: { x }, outputs: { y } });
}

/** The layers of a network on an input, with the parameters as constants. */
export function layersOn(x: Tensor, model: NamedNetwork["model"], values: ParameterValues): Layers {
  const parameters = Object.entries(values).map(([key, { data, shape }]) => [key, constant(data, shape, key)]);
  return networks.get(model.name).forward(Object.fromEntries(parameters), x, model);
}
