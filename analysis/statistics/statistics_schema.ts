/** Statistics as they come back from `analysis.json`. */
import { z } from "zod";
import { count, measured } from "../report/analysis_schema.ts";
import type { Agreement } from "./agreement.ts";
import type { Gaussianity } from "./gaussianity.ts";
import type { ScaleMixture } from "./scale_mixture.ts";

/** The fields of {@linkcode gaussianitySchema}, for what has more of them. */
export const gaussianityFields = {
  count,
  mean: measured,
  sd: measured,
  skewness: measured,
  skewnessError: measured,
  excessKurtosis: measured,
  excessKurtosisError: measured,
  ksStatistic: measured,
  ksPValue: measured,
  andersonDarling: measured,
  andersonDarlingPValue: measured,
};

/** Checks a {@linkcode Gaussianity}. */
export const gaussianitySchema: z.ZodType<Gaussianity> = z.strictObject(gaussianityFields);

/** The fields of {@linkcode agreementSchema}, for what has more of them. */
export const agreementFields = {
  pairs: count,
  correlation: measured,
  slope: measured,
  r2: measured,
  learnedSpread: measured,
  predictedSpread: measured,
};

/** Checks an {@linkcode Agreement}. */
export const agreementSchema: z.ZodType<Agreement> = z.strictObject(agreementFields);

const byDegree = z.array(z.strictObject({ degree: count, nodes: count, variance: measured, error: measured }));

/** Checks a {@linkcode ScaleMixture}. */
export const scaleMixtureSchema: z.ZodType<ScaleMixture> = z.strictObject({
  byFeatureDegree: byDegree,
  byNeuronDegree: byDegree,
  spreadOverFeatures: measured,
  spreadOverNeurons: measured,
  predictedKurtosis: measured,
  excessKurtosis: measured,
  standardised: gaussianitySchema,
});
