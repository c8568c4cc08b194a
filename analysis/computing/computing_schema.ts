/** The key `computing` of `analysis.json`. */
import { z } from "zod";
import { count, estimate, measured } from "../report/analysis_schema.ts";
import type { ComputingData } from "./computing.ts";

/** Checks {@linkcode ComputingData}. */
export const computingSchema: z.ZodType<ComputingData | null> = z.strictObject({
  functions: z.array(z.strictObject({ name: z.enum(["and", "or", "xor"]), count, linear: measured })),
  neurons: z.strictObject({ layer: count, all: count }),
  methods: z.array(z.strictObject({
    name: z.enum(["learned", "linear", "random", "dedicated"]),
    neurons: count,
    explained: estimate,
    accuracy: estimate,
    design: z.strictObject({
      featuresPerNeuron: measured,
      signed: z.boolean(),
      threshold: measured,
      scale: measured,
    }).nullable(),
  })),
  samples: count,
  functionsAbove: measured,
  tried: count,
}).nullable();
