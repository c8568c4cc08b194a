/** A small network with all its supports, on which the averaged objective is compared with others. */
import { type Config, parseConfig } from "../../../models/experiment/config.ts";
import { constant, type ElementType, type Tensor } from "../../../models/graph/tensor.ts";
import { randomStream } from "../../../models/random.ts";
import { type DoubleArray, doubles } from "../../finite_differences.ts";

/** d and h. */
export const [features, hidden] = [12, 6];

/** An experiment of this size, with more noise than trainings have, so that errors show. */
export function experiment(activation: string, task: Record<string, unknown>): Config {
  return parseConfig({
    name: "averaged",
    model: { features, hidden, activation },
    task: { noise: "averaged", noiseVariance: 0.02, ...task },
    loss: { encoderRidge: 0.01, decoderRidge: 0.02 },
    training: { steps: 1 },
  }, "test");
}

/** Weights like those of a trained network: most of them small, some near ±1.5 and ±0.7. */
export const weights: Readonly<Record<"encoder" | "decoder", DoubleArray>> = {
  encoder: clustered(1.5, "encoder"),
  decoder: clustered(0.7, "decoder"),
};

function clustered(size: number, label: string): DoubleArray {
  const { uniform } = randomStream(7, "clusters");
  const { normal } = randomStream(7, label);
  return doubles([features, hidden], () => {
    const corner = uniform() < 0.3;
    const sign = uniform() < 0.5 ? -1 : 1;
    return (corner ? size * sign : 0) + 0.1 * size * normal();
  });
}

/** An array as a constant of the graph. */
export function fixed({ data, shape }: DoubleArray, type: ElementType): Tensor {
  return constant(type === "float64" ? data : Float32Array.from(data), shape);
}

/** Every set of k features. */
export function allSupports(activeFeatures: number, from = 0): number[][] {
  if (activeFeatures === 0) return [[]];
  return Array.from({ length: features - from }, (_, place) => from + place)
    .flatMap((first) => allSupports(activeFeatures - 1, first + 1).map((others) => [first, ...others]));
}

/** Supports as int64 [B, k], gone through a number of times. */
export function supportTensor(supports: readonly number[][], repeats = 1): Tensor {
  const indices = Array.from({ length: repeats }, () => supports.flat()).flat();
  return constant(BigInt64Array.from(indices, BigInt), [repeats * supports.length, supports[0].length]);
}
