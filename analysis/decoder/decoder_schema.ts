/** The key `decoder` of `analysis.json`. */
import { z } from "zod";
import { count, measured } from "../report/analysis_schema.ts";
import type { DecoderData } from "./decoder_comparison.ts";

const objective = { objective: measured, standardError: measured };

/** Checks {@linkcode DecoderData}; null for another loss or where nothing has frozen. */
export const decoderSchema: z.ZodType<DecoderData | null> = z.strictObject({
  trained: z.strictObject(objective),
  optimal: z.strictObject({ ...objective, fittedObjective: measured }),
  rounded: z.strictObject({ ...objective, amplitude: measured }),
  constant: z.strictObject({ amplitude: measured, objective: measured }),
  corners: z.array(
    z.strictObject({ degree: count, features: count, trained: measured, optimal: measured, theory: measured }),
  ),
  explained: measured,
}).nullable();
