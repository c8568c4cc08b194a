/** The key `coupledPairs` of `analysis.json`. */
import { z } from "zod";
import { comparison, count, estimate, measured } from "../report/analysis_schema.ts";
import type { CoupledPairsData } from "./coupled_pairs.ts";

const nulls = z.strictObject({ rows: comparison, columns: comparison, both: comparison });

const strata = z.array(z.strictObject({
  property: z.enum(["featureDegree", "neuronDegree", "rectangles"]),
  encoder: comparison,
  decoder: comparison,
  groups: z.array(z.strictObject({ value: count, pairs: count, encoder: measured, decoder: measured })),
}));

/** Checks {@linkcode CoupledPairsData}. */
export const coupledPairsSchema: z.ZodType<CoupledPairsData | null> = z.strictObject({
  blobs: z.strictObject({ cloud: count, lowerLeft: count, peak: z.boolean(), upperRight: count, centre: count }),
  couplings: z.array(z.strictObject({
    relation: z.enum(["cloudOfNeuron", "cloudOfFeature", "cloudAroundRectangle", "blobOfNeuron", "blobOfFeature"]),
    ofBlob: measured,
    ofOthers: measured,
    bits: measured,
    share: measured,
    nulls,
  })),
  rectangles: z.strictObject({ zeros: count, ofBlob: measured, ofOthers: measured, nulls }).nullable(),
  overlap: z.strictObject({ encoder: estimate, decoder: estimate }),
  densities: z.array(z.strictObject({
    partner: z.enum(["any", "sameNeuron", "sameFeature", "opposite", "rectangle", "otherRectangle"]),
    pairs: count,
    product: measured,
    common: measured,
    gain: estimate,
    preferred: count,
  })),
  strata: z.strictObject({ lowerLeft: strata, cloud: strata }),
}).nullable();
