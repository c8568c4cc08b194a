/** The network Linear(d→h) | φ | Linear(h→h) | φ | … | Linear(h→m): layers that compute. */
import { z } from "zod";
import { add } from "../graph/elementwise_ops.ts";
import { matmul } from "../graph/linear_algebra_ops.ts";
import type { TensorRecord } from "../graph/loop.ts";
import { labelled, type Tensor } from "../graph/tensor.ts";
import { activations } from "./activations/activations.ts";
import { denoiser, type DenoiserOptions } from "./denoiser.ts";
import type { Network, ParameterSpec } from "./network.ts";

/** The options of the layered network. */
export interface LayeredOptions extends DenoiserOptions {
  /** Hidden layers, each of h neurons. @default 2 */
  readonly layers: number;
  /** m: the width of y. @default d */
  readonly outputs?: number;
  /** Whether every layer adds a bias, without which ReLU has no threshold. @default true */
  readonly biases: boolean;
}

/** The names of a network's weight matrices, from the input to the output: `layer1`, `layer2`, …. */
export function layerNames({ layers }: Pick<LayeredOptions, "layers">): string[] {
  return Array.from({ length: layers + 1 }, (_, index) => `layer${index + 1}`);
}

function biasOf(layer: string): string {
  return `${layer}Bias`;
}

/** Of a matrix [n, m] of the layer, n is the width below and m that above. */
export const layered: Network<LayeredOptions> = {
  options: z.strictObject({
    ...denoiser.options.shape,
    layers: z.int().positive().default(2),
    outputs: z.int().positive().optional(),
    biases: z.boolean().default(true),
  }),
  parameters({ features, hidden, layers, outputs = features, biases }) {
    const widths = [features, ...Array<number>(layers).fill(hidden), outputs];
    const specs = layerNames({ layers }).flatMap((name, index): [string, ParameterSpec][] => {
      const ridge = index === layers ? "decoderRidge" : "encoderRidge";
      const shape = [widths[index], widths[index + 1]] as const;
      const weight: ParameterSpec = { shape, ridge, storedAs: `${name}.weight`, storedTransposed: true };
      const bias: ParameterSpec = { shape: [1, shape[1]], bias: true, storedAs: `${name}.bias` };
      return biases ? [[name, weight], [biasOf(name), bias]] : [[name, weight]];
    });
    return Object.fromEntries(specs);
  },
  forward(parameters, x, { activation, layers }) {
    const { apply } = activations.get(activation);
    const names = layerNames({ layers });
    const last = names.pop()!;
    const hidden: Record<string, Tensor> = {};
    let below = x;
    for (const name of names) {
      const input = below;
      below = labelled(name, () => apply(linear(parameters, name, input)));
      hidden[name] = below;
    }
    return { ...hidden, output: linear(parameters, last, below) };
  },
};

function linear(parameters: TensorRecord, name: string, x: Tensor): Tensor {
  const product = matmul(x, parameters[name]);
  const bias: Tensor | undefined = parameters[biasOf(name)];
  return bias === undefined ? product : add(product, bias);
}
