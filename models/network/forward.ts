/** A network at work on inputs of one's own. */
import { serialize } from "../graph/serialize.ts";
import { input } from "../graph/tensor.ts";
import type { Device } from "../runtime/device.ts";
import { runOnce } from "../runtime/session.ts";
import { layersOn, type NamedNetwork } from "./inference.ts";
import { networks } from "./networks.ts";
import type { ParameterArrays, Weights } from "./network_weights.ts";

/** The values of a network's layers. */
export interface LayerValues {
  /** y, [B, d] row by row. */
  readonly output: Float32Array;
  /** Each layer before it, by name. Of the denoiser, `hidden`: a = φ(E x), [B, h] row by row. */
  readonly [layer: string]: Float32Array;
}

/** Options of `forward`. */
export interface ForwardOptions {
  /** Where it runs. @default "cpu" */
  readonly device?: Device;
}

/**
 * Runs a network.
 *
 * @param experiment an experiment, for its `model`
 * @param weights the parameters by name, as the network shapes them; of the denoiser, encoder and decoder
 * @param x inputs [B, d], row by row, with whatever noise they have
 * @throws {RangeError} if x is no whole number of rows, or a parameter is missing or of another size
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseConfig } from "../experiment/config.ts";
 * import { forward } from "./forward.ts";
 * const model = { features: 2, hidden: 1, activation: "relu" };
 * const config = parseConfig({ name: "tiny", model, training: { steps: 1 } }, "example");
 * const weights = { encoder: Float32Array.of(1, -2), decoder: Float32Array.of(3, 0) };
 * const { hidden, output } = await forward(config, weights, Float32Array.of(1, 0, 0, 1));
 * assertEquals([...hidden], [1, 0]);
 * assertEquals([...output], [3, 0, 0, 0]);
 * ```
 */
export async function forward(
  { model }: Pick<NamedNetwork, "model">,
  weights: Pick<Weights, "encoder" | "decoder"> | ParameterArrays,
  x: Float32Array,
  { device = "cpu" }: ForwardOptions = {},
): Promise<LayerValues> {
  const { features } = model;
  const rows = x.length / features;
  if (!Number.isInteger(rows) || rows === 0) {
    throw new RangeError(`x must hold rows of ${features} numbers each, got ${x.length} numbers.`);
  }
  const given = new Map<string, Float32Array>(Object.entries(weights));
  const values = Object.entries(networks.get(model.name).parameters(model)).map(([name, { shape }]) => {
    const data = given.get(name) ?? new Float32Array();
    if (data.length !== shape[0] * shape[1]) {
      throw new RangeError(`${name} must hold [${shape.join(" × ")}] numbers, got ${data.length}.`);
    }
    return [name, { data, shape }];
  });
  const inputs = { x: input("x", "float32", [rows, features]) };
  const outputs = layersOn(inputs.x, model, Object.fromEntries(values));
  const arrays = { x: { data: x, shape: [rows, features] } };
  const results = await runOnce(serialize({ name: "forward", inputs, outputs }), arrays, { device });
  return Object.fromEntries(
    Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]),
  ) as LayerValues;
}
