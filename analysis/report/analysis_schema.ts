/** What sections check their data with when it comes back from `analysis.json`. */
import { z } from "zod";
import type { ByCluster } from "../displacements/displacement_clusters.ts";
import type { ByMatrix } from "../derivatives/weight_vector.ts";
import type { Estimate } from "../signs/signs.ts";
import type { ComparisonWithNull } from "../statistics/null_comparison.ts";

/** A number that was measured. JSON has neither NaN nor infinities: the file says null, which is read as NaN. */
export const measured: z.ZodType<number> = z.number().nullable().transform((value) => value ?? NaN);

/** Numbers that were measured, in their order. */
export const measuredList: z.ZodType<number[]> = z.array(measured);

/** How many there are of something. */
export const count: z.ZodType<number> = z.int().nonnegative();

/** An {@linkcode Estimate}. */
export const estimate: z.ZodType<Estimate> = z.strictObject({ value: measured, error: measured });

/** A {@linkcode ComparisonWithNull}. */
export const comparison: z.ZodType<ComparisonWithNull> = z.strictObject({
  observed: measured,
  nullMean: measured,
  nullSd: measured,
  z: z.number().nullable(),
  p: measured,
});

/** Something for either matrix. */
export function byMatrixSchema<Value>(value: z.ZodType<Value>): z.ZodType<ByMatrix<Value>> {
  return z.strictObject({ encoder: value, decoder: value });
}

/** Something for each kind of cluster. */
export function byClusterSchema<Value>(value: z.ZodType<Value>): z.ZodType<ByCluster<Value>> {
  return byMatrixSchema(z.strictObject({ centre: value, corner: value }));
}
