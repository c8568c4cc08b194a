import { z } from "zod";
import type { Batch } from "../data/batch.ts";
import type { AveragedReadOut } from "../network/network.ts";
import type { Tensor } from "../graph/tensor.ts";

/** Cost per sample, [B]: the whole, and the named parts that a loss is made of. */
export interface SampleLoss {
  readonly data: Tensor;
  readonly parts: Readonly<Record<string, Tensor>>;
}

/** The mean cost of a batch, averaged over the noise: scalars. */
export interface AveragedLoss {
  readonly data: Tensor;
  readonly parts: Readonly<Record<string, Tensor>>;
}

/**
 * A loss: what one sample costs, from the output y written out (dense form) and, where it can be had without forming y,
 * from the activations (Gram form).
 */
export interface Loss<Options = object> {
  /** The keys that it adds to `loss` in an experiment, `ridges` among them. */
  readonly options: z.ZodObject;
  /** From y [B, d]. */
  dense(output: Tensor, batch: Batch, options: Options): SampleLoss;
  /** From a [B, h] and the decoder [d, h]; absent where the loss needs all of y. */
  gram?(a: Tensor, decoder: Tensor, batch: Batch, options: Options): SampleLoss;
  /** From the moments of the activations; absent where the loss is not quadratic in them. */
  averaged?(readOut: AveragedReadOut, batch: Batch, options: Options): AveragedLoss;
}

/** The ridge penalties, which every loss can have. */
export const ridges = {
  /** ρ_D: ridge on the decoder. */
  decoderRidge: z.number().nonnegative().default(0.03),
  /** ρ_E: ridge on the encoder. */
  encoderRidge: z.number().nonnegative().default(0),
};
