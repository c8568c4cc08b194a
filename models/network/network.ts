import type { z } from "zod";
import type { SampledBatch } from "../data/batch.ts";
import type { TensorRecord } from "../graph/loop.ts";
import type { Tensor } from "../graph/tensor.ts";

/** What there is to know of a parameter before there is one. */
export interface ParameterSpec {
  readonly shape: readonly [number, number];
  /** Which ridge of the loss holds it down. @default none */
  readonly ridge?: "encoderRidge" | "decoderRidge";
}

/** A network whose last layer is linear, taken apart in front of that layer. */
export interface ReadOut {
  /** a [B, h]. */
  readonly activations: Tensor;
  /** D, feature-major [d, h]: y = D a. */
  readonly decoder: Tensor;
}

/** A network: its parameters, and how they act. */
export interface Network<Options = { readonly features: number }> {
  /** The keys that it adds to `model` in an experiment; `features`, the width of input and output, is one of them. */
  readonly options: z.ZodObject;
  /** The parameters by name. */
  parameters(options: Options): Readonly<Record<string, ParameterSpec>>;
  /** y [B, d] from x [B, d]. */
  output(parameters: TensorRecord, x: Tensor, options: Options): Tensor;
  /** The network up to its last layer, where that is linear: what the Gram form of a loss needs. @default none */
  readOut?(parameters: TensorRecord, batch: SampledBatch, options: Options): ReadOut;
}
