/** The key `pinningField` of `analysis.json`. */
import { z } from "zod";
import { signChangesSchema } from "../basins/basins_schema.ts";
import {
  displacementSampleSchema,
  displacementShapesSchema,
  outliersSchema,
} from "../displacements/displacements_schema.ts";
import { byClusterSchema, byMatrixSchema, count, measured } from "../report/analysis_schema.ts";
import { agreementFields, agreementSchema, gaussianitySchema } from "../statistics/statistics_schema.ts";
import type { PinningFieldSectionData } from "./pinning_field_measurement.ts";

const agreementByCluster = byClusterSchema(agreementSchema);
const agreementByRegion = z.strictObject({ centre: agreementSchema, corner: agreementSchema });
const measuredByCluster = byClusterSchema(measured);
const shapes = z.record(z.string(), gaussianitySchema);
const sources = z.strictObject({ noise: measured, signal: measured, interplay: measured });
const residualForce = z.strictObject({ objective: measured, force: measuredByCluster });

const continuation = z.strictObject({
  steps: count,
  learningRate: measured,
  changes: signChangesSchema,
  spread: measuredByCluster,
  learned: agreementByCluster,
  replicas: agreementByCluster,
  predicted: agreementByCluster,
  predictedError: measuredByCluster,
  settled: byMatrixSchema(agreementSchema),
});

/** Checks {@linkcode PinningFieldSectionData}; null for another loss or where nothing has frozen. */
export const pinningFieldSchema: z.ZodType<PinningFieldSectionData | null> = z.strictObject({
  samples: count,
  classes: z.array(z.strictObject({ degree: count, pairs: count, encoder: measured, decoder: measured })),
  objective: measured,
  candidates: z.array(z.strictObject({
    name: z.enum(["class centres", "one amplitude", "shuffled S"]),
    objective: measured,
    agreement: agreementByCluster,
  })),
  field: byClusterSchema(z.strictObject({ ...agreementFields, relativeError: measured })),
  sources: z.strictObject({ centre: sources, corner: sources }),
  origins: byClusterSchema(z.strictObject({ degrees: measured, neighbourhood: measured })),
  overlapSums: z.strictObject({ walks: measured, excessKurtosis: measured }),
  stages: z.array(z.strictObject({ name: z.string(), objective: measured, agreement: agreementByCluster })),
  solves: z.array(z.strictObject({
    residual: measured,
    products: count,
    leastCurvature: measured,
    negative: z.boolean(),
    damping: measured,
  })),
  response: z.literal("linear"),
  encoder: agreementByRegion,
  decoder: agreementByRegion,
  settled: byMatrixSchema(agreementSchema),
  local: z.strictObject({
    agreement: agreementByCluster,
    coefficients: byClusterSchema(z.record(z.string(), measured)),
  }),
  unfinished: z.strictObject({
    residualForce: z.strictObject({ learned: residualForce, continued: residualForce, predicted: residualForce }),
    continuation,
    outliers: byMatrixSchema(outliersSchema),
  }),
  reduced: z.boolean(),
  shapes: z.strictObject({ learned: displacementShapesSchema, predicted: displacementShapesSchema }),
  clusters: z.strictObject({ field: shapes, predicted: shapes, left: shapes }),
  sample: byClusterSchema(displacementSampleSchema),
}).nullable();
