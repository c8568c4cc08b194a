/** The key `meanField` of `analysis.json`. */
import { z } from "zod";
import { count, measured } from "../report/analysis_schema.ts";
import type { MeanFieldData } from "./mean_field_comparison.ts";

const macroscopic = { density: measured, amplitude: measured, decoderCorner: measured, objective: measured };

const prediction = z.strictObject({
  ...macroscopic,
  neuronsPerFeature: measured,
  featuresPerNeuron: measured,
  byDegree: z.array(z.strictObject({ degree: count, share: measured, corner: measured, output: measured })),
  parts: z.strictObject({ on: measured, off: measured, decoderPenalty: measured, encoderPenalty: measured }),
});

/** Checks {@linkcode MeanFieldData}; null where the theory does not hold or nothing has frozen. */
export const meanFieldSchema: z.ZodType<MeanFieldData | null> = z.strictObject(macroscopic).partial().extend({
  sparse: prediction.nullable(),
  givenDensity: z.strictObject({ iid: prediction, regular: prediction }),
  scan: z.array(z.strictObject({ density: measured, amplitude: measured, objective: measured })),
  trained: z.strictObject(macroscopic),
}).nullable();
