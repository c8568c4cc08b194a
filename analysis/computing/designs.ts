/** Hidden layers that are built by hand: what the literature on computation in superposition constructs. */
import type { PairOutput } from "../../models/data/pair_functions.ts";
import type { RandomStream } from "../../models/random.ts";

/** How a hidden layer is built. */
export interface Design {
  /**
   * `random`: every feature is on a neuron with the same chance, with weight 1 or a random sign (Vaintrob, Mendel and Hänni,
   * Toward a mathematical framework for computation in superposition, 2024; Hänni, Mendel, Vaintrob and Chan, Mathematical
   * models of computation in superposition, 2024). `dedicated`: a neuron for each of the first functions, on its two features.
   */
  readonly kind: "random" | "dedicated";
  /** Neurons. */
  readonly width: number;
  /** Features of a neuron, on average. */
  readonly featuresPerNeuron: number;
  /** Whether the weights have random signs. */
  readonly signed: boolean;
  /** What the sum over a neuron's features must exceed. */
  readonly threshold: number;
  /** What sum and threshold are multiplied by. */
  readonly scale: number;
}

/** A hidden layer: z = x·weights + bias. */
export interface HiddenLayer {
  /** [d, n], row by row. */
  readonly weights: Float32Array;
  /** [n]. */
  readonly bias: Float32Array;
}

/** The designs that are tried: each number of features, sign and threshold, and neurons of their own for as many functions. */
export function designsOf(width: number, features: number, homogeneous: boolean): Design[] {
  const sizes = [2, 4, 8, 16].filter((size) => size <= features / 2);
  const scales = homogeneous ? [1] : [1, 3];
  const random = scales.flatMap((scale) =>
    sizes.flatMap((featuresPerNeuron) =>
      [false, true].flatMap((signed) =>
        [0, 1].map((threshold): Design => ({ kind: "random", width, featuresPerNeuron, signed, threshold, scale }))
      )
    )
  );
  const dedicated = scales.map((scale): Design => ({
    kind: "dedicated",
    width,
    featuresPerNeuron: 2,
    signed: false,
    threshold: 1,
    scale,
  }));
  return [...random, ...dedicated];
}

/** Builds a hidden layer. */
export function hiddenLayer(
  { kind, width, featuresPerNeuron, signed, threshold, scale }: Design,
  features: number,
  functions: readonly Pick<PairOutput, "pair">[],
  { uniform }: Pick<RandomStream, "uniform">,
): HiddenLayer {
  const weights = new Float32Array(features * width);
  if (kind === "dedicated") {
    for (let neuron = 0; neuron < width; neuron++) {
      for (const feature of functions[neuron % functions.length].pair) weights[feature * width + neuron] = scale;
    }
  } else {
    for (let index = 0; index < weights.length; index++) {
      if (uniform() * features < featuresPerNeuron) weights[index] = signed && uniform() < 0.5 ? -scale : scale;
    }
  }
  return { weights, bias: new Float32Array(width).fill(-threshold * scale) };
}
