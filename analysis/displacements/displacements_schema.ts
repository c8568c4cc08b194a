/** Displacements and their shapes as they come back from `analysis.json`; the key `residuals`. */
import { z } from "zod";
import { byMatrixSchema, count, measured, measuredList } from "../report/analysis_schema.ts";
import { gaussianityFields, gaussianitySchema, scaleMixtureSchema } from "../statistics/statistics_schema.ts";
import type { DisplacementSample } from "./displacement_sample.ts";
import type { Outliers } from "./outliers.ts";
import type { DisplacementShapes, ResidualsData } from "./residuals.ts";

/** Checks {@linkcode ResidualsData}: a shape for each cluster or type, or null where nothing has frozen. */
export const residualsSchema: z.ZodType<ResidualsData> = z.record(z.string(), gaussianitySchema).nullable();

const splitCorner = z.strictObject({
  name: z.enum(["one type", "feature degree", "feature and neuron degree"]),
  explained: measured,
  types: z.array(z.strictObject({ ...gaussianityFields, type: z.string() })),
  gaussian: count,
  pooled: gaussianitySchema,
});

/** Checks {@linkcode DisplacementShapes}. */
export const displacementShapesSchema: z.ZodType<DisplacementShapes> = z.strictObject({
  centre: byMatrixSchema(scaleMixtureSchema),
  corner: byMatrixSchema(z.array(splitCorner)),
});

/** Checks a {@linkcode DisplacementSample}. */
export const displacementSampleSchema: z.ZodType<DisplacementSample> = z.strictObject({
  of: count,
  predicted: measuredList,
  learned: measuredList,
});

/** Checks {@linkcode Outliers}. */
export const outliersSchema: z.ZodType<Outliers> = z.strictObject({
  count,
  both: measured,
  predicted: measured,
  continued: measured,
  gone: count,
  kurtosis: measured,
  kurtosisWithout: measured,
});
