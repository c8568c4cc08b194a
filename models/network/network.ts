import type { Batch, SampledBatch } from "../data/batch.ts";
import type { TensorRecord } from "../graph/loop.ts";
import type { OptionsSchema } from "../options_schema.ts";
import type { Tensor } from "../graph/tensor.ts";

/** What there is to know of a parameter before there is one. */
export interface ParameterSpec {
  /** Rows and columns. */
  readonly shape: readonly [number, number];
  /** Which ridge of the loss holds it down. @default none */
  readonly ridge?: "encoderRidge" | "decoderRidge";
  /** What it is called in `weights.safetensors`. @default its name */
  readonly storedAs?: string;
  /** Whether it is stored transposed, as the weight of a PyTorch Linear layer. @default false */
  readonly storedTransposed?: boolean;
  /** Whether it is one row that is added to every sample: it begins at zero and is stored as a vector. @default false */
  readonly bias?: boolean;
}

/** The output of a network and what stands before it, by name, each [B, …]. */
export type Layers = TensorRecord & {
  /** y [B, m]; m is d where x* is asked for. */
  readonly output: Tensor;
};

/** A network whose last layer is linear, taken apart in front of that layer. */
export interface ReadOut {
  /** a [B, h]. */
  readonly activations: Tensor;
  /** D, feature-major [d, h]: y = D a. */
  readonly decoder: Tensor;
}

/** The same, averaged over the noise in the input: the layer before the last is then known by its first two moments. */
export interface AveragedReadOut {
  /** m [B, h]: E a. */
  readonly mean: Tensor;
  /** E φ⁽ⁿ⁾ [B, h] for n = 1, 2, …: how the activations of a sample answer to the noise, order by order. */
  readonly slopes: readonly Tensor[];
  /** Var a less what the slopes explain of it, [B, h]. */
  readonly remainder: Tensor;
  /** C [h, h]: the covariance of the inputs z of the neurons. */
  readonly covariance: Tensor;
  /** D, feature-major [d, h]. */
  readonly decoder: Tensor;
}

/** How precisely the average over the noise is taken. */
export interface NoiseAverage {
  /** σ²: variance of the noise on each coordinate of the input, where the batch does not say that they differ. */
  readonly noiseVariance: number;
  /** Order of Mehler's expansion of the covariances between neurons. */
  readonly mehlerOrder: number;
  /** Nodes of the quadrature for one neuron's averages. */
  readonly nodes: number;
}

/** A network: its parameters, and how they act. */
export interface Network<Options = { readonly features: number }> {
  /** The keys that it adds to `model` in an experiment; `features`, the width of input and output, is one of them. */
  readonly options: OptionsSchema<Options>;
  /** The parameters by name. */
  parameters(options: Options): Readonly<Record<string, ParameterSpec>>;
  /** y and the layers before it from x [B, d]. */
  forward(parameters: TensorRecord, x: Tensor, options: Options): Layers;
  /** The network up to its last layer, where that is linear: what the Gram form of a loss needs. @default none */
  readOut?(parameters: TensorRecord, batch: SampledBatch, options: Options): ReadOut;
  /** The same with the noise averaged over instead of drawn. @default none */
  averagedReadOut?(parameters: TensorRecord, batch: Batch, noise: NoiseAverage, options: Options): AveragedReadOut;
}
