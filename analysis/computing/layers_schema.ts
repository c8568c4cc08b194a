/** The key `layers` of `analysis.json`. */
import { z } from "zod";
import { count, estimate, measured } from "../report/analysis_schema.ts";
import type { LayersData } from "./layers.ts";

const comparison = z.strictObject({
  observed: measured,
  nullMean: measured,
  nullSd: measured,
  z: z.number().nullable(),
  p: measured,
});

/** Checks {@linkcode LayersData}. */
export const layersSchema: z.ZodType<LayersData | null> = z.strictObject({
  layers: z.array(z.strictObject({
    name: z.string(),
    shape: z.tuple([count, count]),
    spread: measured,
    excessKurtosis: estimate,
    histogram: z.array(count),
    largest: measured,
    signs: z.strictObject({
      threshold: measured,
      density: estimate,
      amplitude: estimate,
      outOfOne: estimate,
      intoOne: estimate,
      intoCounts: z.array(count),
      purity: z.strictObject({ value: measured, nullMean: measured, nullSd: measured, z: z.number().nullable() }),
      statistics: z.partialRecord(
        z.enum([
          "featureDegreeVariance",
          "neuronDegreeVariance",
          "featurePairsSharingTwo",
          "neuronPairsSharingTwo",
          "fourCycles",
          "frustration",
          "assortativity",
          "neuronSignCorrelation",
          "signedSingularValue",
          "supportSingularValue",
          "overlapVariance",
        ]),
        z.strictObject({ ...comparison.shape, adjustedP: measured }),
      ),
    }).nullable(),
  })),
  hearing: comparison.nullable(),
}).nullable();
