/** The key `signs` of `analysis.json`. */
import { z } from "zod";
import { count, estimate, measured } from "../report/analysis_schema.ts";
import type { SignStructure } from "./signs.ts";

const test = z.strictObject({ value: measured, nullMean: measured, nullSd: measured, z: z.number().nullable() });

/** Checks a {@linkcode SignStructure}. */
export const signsSchema: z.ZodType<SignStructure> = z.strictObject({
  density: estimate,
  amplitude: estimate,
  decoderAmplitude: estimate,
  neuronsPerFeature: estimate,
  featuresPerNeuron: estimate,
  featureDegrees: z.array(count),
  neuronDegrees: z.array(count),
  rowSignPurity: test,
  correlationWithinNeurons: test,
  correlationWithinFeatures: test,
  plaquetteMean: test,
});
