/** The key `featureTypes` of `analysis.json`. */
import { z } from "zod";
import { comparison, count, estimate, measured } from "../report/analysis_schema.ts";
import type { FeatureTypesData } from "./feature_types.ts";

const values = z.strictObject({ mean: measured, spread: measured });
/** Checks {@linkcode FeatureTypesData}. */
export const featureTypesSchema: z.ZodType<FeatureTypesData | null> = z.strictObject({
  groups: z.array(z.strictObject({
    name: z.string(),
    type: count,
    first: count,
    features: count,
    chance: measured,
    importance: measured,
    amplitude: measured,
    noiseVariance: measured,
    neuronsPerFeature: estimate,
    encoder: values.nullable(),
    decoder: values.nullable(),
    missed: estimate,
    predicted: z.strictObject({ degree: measured, weight: measured }).nullable(),
  })),
  betweenGroups: comparison,
  cornerScales: count,
  scaleBelowThreshold: z.number().nullable(),
  theory: z.strictObject({ cheapest: measured, measured, equal: measured }).nullable(),
  blocks: z.strictObject({
    partners: comparison,
    byPartners: z.array(z.strictObject({ partners: count, pairs: count, encoder: values })),
  }).nullable(),
}).nullable();
