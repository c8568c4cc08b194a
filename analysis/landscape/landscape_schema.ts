/** The key `landscape` of `analysis.json`. */
import { z } from "zod";
import { signChangesSchema } from "../basins/basins_schema.ts";
import { displacementSampleSchema } from "../displacements/displacements_schema.ts";
import { byClusterSchema, byMatrixSchema, count, measured } from "../report/analysis_schema.ts";
import { agreementSchema, gaussianitySchema } from "../statistics/statistics_schema.ts";
import type { LandscapeData } from "./landscape.ts";

const agreementByCluster = byClusterSchema(agreementSchema);
const measuredByCluster = byClusterSchema(measured);
const shapes = z.record(z.string(), gaussianitySchema);
const answering = z.strictObject({ feature: measured, neuron: measured, neither: measured, own: measured });
const walks = byMatrixSchema(z.strictObject({
  threeWalks: measured,
  dressed: measured,
  oneSigned: measured,
  repeated: measured,
  fiveWalks: measured,
  sevenWalks: measured,
}));

/** Checks {@linkcode LandscapeData}; null where there is no exact gradient or nothing has frozen. */
export const landscapeSchema: z.ZodType<LandscapeData | null> = z.strictObject({
  forceLeft: measured,
  continued: z.strictObject({
    force: byMatrixSchema(measured),
    steps: count,
    objective: measured,
    forceAfter: byMatrixSchema(measured),
    changes: signChangesSchema,
  }),
  changes: signChangesSchema,
  descents: z.array(z.strictObject({
    start: z.enum(["learned", "oneAmplitude", "classCentres", "perturbed1", "perturbed2"]),
    before: measured,
    objective: measured,
    force: byMatrixSchema(measured),
    steps: count,
    slopes: count,
    changes: signChangesSchema,
    distance: measuredByCluster,
  })),
  modes: z.strictObject({
    values: z.array(z.strictObject({ value: measured, residual: measured })),
    weightOf: measuredByCluster,
    participation: measured,
  }),
  training: agreementByCluster,
  stages: z.array(z.strictObject({ name: z.string(), agreement: agreementByCluster })),
  passes: z.array(z.strictObject({ level: measured, step: byClusterSchema(count.nullable()) })),
  answers: byClusterSchema(z.strictObject({ centre: answering, corner: answering })),
  walks: z.strictObject({ displacement: walks, first: walks, second: walks }),
  shapes: z.strictObject({ displacement: shapes, field: shapes }),
  overlapSums: z.strictObject({ walks: measured, excessKurtosis: measured }),
  sample: byClusterSchema(displacementSampleSchema),
}).nullable();
