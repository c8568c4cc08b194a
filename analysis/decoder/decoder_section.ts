/** The trained decoder beside the best ones for the same encoder. */
import { compareDecoders, type DecoderData } from "./decoder_comparison.ts";
import { decoderSchema } from "./decoder_schema.ts";
import { decoderText } from "./decoder_text.ts";
import { decoderVerdicts } from "./decoder_verdicts.ts";
import type { Section } from "../report/section.ts";

/** "Once S is known the decoder follows"; null for another loss or where nothing has frozen. */
export const decoderSection: Section<DecoderData | null> = {
  title: "Optimal decoder",
  schema: decoderSchema,
  analyse: compareDecoders,
  summarise: (data) =>
    data === null
      ? "Known for the rebalanced loss on k-hot samples, and for weights that have frozen."
      : decoderText(data),
  verdicts: (data) => data === null ? [] : decoderVerdicts(data),
};
