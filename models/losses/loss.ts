import { z } from "zod";
import type { Batch } from "../data/batch.ts";
import type { AveragedReadOut } from "../network/network.ts";
import type { OptionsSchema, Schema } from "../options_schema.ts";
import type { Tensor } from "../graph/tensor.ts";

/** The ridge penalties, which every loss has. */
export interface Ridges {
  /** ρ_D: ridge on the decoder. @default 0.03 */
  readonly decoderRidge: number;
  /** ρ_E: ridge on the encoder. @default 0 */
  readonly encoderRidge: number;
}

/** Cost per sample. */
export interface SampleLoss {
  /** The whole, [B]. */
  readonly data: Tensor;
  /** The named parts that it is made of, [B] each. */
  readonly parts: Readonly<Record<string, Tensor>>;
}

/** The mean cost of a batch, averaged over the noise. */
export interface AveragedLoss {
  /** The whole, a scalar. */
  readonly data: Tensor;
  /** The named parts that it is made of, scalars. */
  readonly parts: Readonly<Record<string, Tensor>>;
}

/**
 * A loss: what one sample costs, from the output y written out (dense form) and, where it can be had without forming y,
 * from the activations (Gram form).
 */
export interface Loss<Options extends Ridges = Ridges> {
  /** The keys that it adds to `loss` in an experiment, `ridges` among them. */
  readonly options: OptionsSchema<Options>;
  /** From y [B, d]. */
  dense(output: Tensor, batch: Batch, options: Options): SampleLoss;
  /** From y [B, m] and what it should be, [B, m] of zeros and ones; absent where the loss is of supports only. */
  functions?(output: Tensor, wanted: Tensor, options: Options): SampleLoss;
  /** From a [B, h] and the decoder [d, h]; absent where the loss needs all of y. */
  gram?(a: Tensor, decoder: Tensor, batch: Batch, options: Options): SampleLoss;
  /** From the moments of the activations; absent where the loss is not quadratic in them. */
  averaged?(readOut: AveragedReadOut, batch: Batch, options: Options): AveragedLoss;
}

/**
 * The schemas of the ridge penalties, for the options of a loss.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { z } from "zod";
 * import { ridges } from "./loss.ts";
 * const options = z.strictObject({ ...ridges, emphasis: z.number().default(4) }); // of a loss of one's own
 * assertEquals(options.parse({}), { decoderRidge: 0.03, encoderRidge: 0, emphasis: 4 });
 * ```
 */
export const ridges: Readonly<Record<keyof Ridges, Schema<number>>> = {
  decoderRidge: z.number().nonnegative().default(0.03),
  encoderRidge: z.number().nonnegative().default(0),
};
