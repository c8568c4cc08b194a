/** The keys `clusters` and `values` of `analysis.json`. */
import { z } from "zod";
import { count, measured } from "../report/analysis_schema.ts";
import type { Clusters } from "./clusters.ts";
import type { DegreeValues } from "./values_by_degree.ts";

/** Checks {@linkcode Clusters}. */
export const clustersSchema: z.ZodType<Clusters> = z.strictObject({
  centres: z.array(z.strictObject({
    encoder: measured,
    decoder: measured,
    share: measured,
    spread: measured,
    decoderSpread: measured,
    prominence: z.number().nullable(),
    sign: z.union([z.literal(-1), z.literal(0), z.literal(1)]),
  })),
  threshold: z.number().nullable(),
  margin: z.strictObject({ share: measured, centreSpread: measured, cornerSpread: measured }).nullable(),
  criterion: z.strictObject({ neighbours: count, requiredProminence: measured, rejectedProminence: measured }),
});

const values = z.strictObject({ mean: measured, spread: measured });

/** Checks the groups of {@linkcode DegreeValues}. */
export const valuesSchema: z.ZodType<readonly DegreeValues[]> = z.array(
  z.strictObject({ degree: count, shared: z.boolean(), pairs: count, encoder: values, decoder: values }),
);
