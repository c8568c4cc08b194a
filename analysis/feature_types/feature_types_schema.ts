/** The key `featureTypes` of `analysis.json`. */
import { z } from "zod";
import { count, estimate, measured } from "../report/schema.ts";
import type { FeatureTypesData } from "./feature_types.ts";

const onNonzeros = z.strictObject({ mean: measured, spread: measured }).nullable();

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
    encoder: onNonzeros,
    decoder: onNonzeros,
    missed: estimate,
    predicted: z.strictObject({ degree: measured, weight: measured }).nullable(),
  })),
  betweenGroups: z.strictObject({
    observed: measured,
    nullMean: measured,
    nullSd: measured,
    z: z.number().nullable(),
    p: measured,
  }),
  cornerScales: count,
  theory: z.strictObject({ cheapest: measured, measured, equal: measured }).nullable(),
}).nullable();
