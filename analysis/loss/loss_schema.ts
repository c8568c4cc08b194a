/** The key `loss` of `analysis.json`. */
import { z } from "zod";
import { count, measured } from "../report/analysis_schema.ts";
import type { LossData } from "./held_out.ts";

/** Checks {@linkcode LossData}; the parts of the objective are named by the loss. */
export const lossSchema: z.ZodType<LossData> = z.strictObject({
  heldOut: z.object({ objective: measured, standardError: measured, data: measured }).catchall(measured),
  samples: count,
  exact: z.object({ objective: measured, data: measured, supports: measured, closedFormError: measured }).catchall(
    measured,
  )
    .nullable().optional(),
  zeroNetwork: z.strictObject({ objective: measured }).optional(),
});
