/** The key `layers` of `analysis.json`. */
import { z } from "zod";
import { comparison, count, estimate, measured } from "../report/analysis_schema.ts";
import { test } from "../random_graph/graph_schema.ts";
import type { LayersData } from "./layers.ts";

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
        test,
      ),
    }).nullable(),
  })),
  hearing: comparison.nullable(),
}).nullable();
