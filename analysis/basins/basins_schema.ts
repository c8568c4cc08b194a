/** The key `basins` of `analysis.json`. */
import { z } from "zod";
import { count, estimate, measured, measuredList } from "../report/analysis_schema.ts";
import type { Basins } from "./basins.ts";

const kind = z.enum(["learned", "rounded", "random", "rowSign", "fixedDegree", "regular"]);

/** Checks the entries of S that changed. */
export const signChangesSchema = z.strictObject({ created: count, pruned: count, flipped: count });

const descent = z.strictObject({
  kind,
  draw: count,
  density: measured,
  before: measured,
  after: measured,
  refitted: measured,
  standardError: measured,
  signsChanged: signChangesSchema,
});

const summary = z.strictObject({
  kind,
  draws: count,
  before: estimate,
  after: estimate,
  refitted: estimate,
  changedShare: estimate,
});

/** Checks {@linkcode Basins}; null for another loss or where nothing has frozen. */
export const basinsSchema: z.ZodType<Basins | null> = z.strictObject({
  learned: measured,
  rounded: measured,
  random: measuredList,
  rowSign: measuredList,
  fixedDegree: measuredList,
  regular: measuredList,
  amplitude: measured,
  density: measured,
  ladder: z.array(summary),
  descents: z.array(descent),
  scan: z.array(descent),
  bestDensity: estimate.nullable(),
  recovered: z.strictObject({ encoder: measured, decoder: measured }),
  steps: count,
  learningRate: measured,
}).nullable();
