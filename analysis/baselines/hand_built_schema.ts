/** The key `handBuilt` of `analysis.json`. */
import { z } from "zod";
import { count, estimate, measured } from "../report/analysis_schema.ts";
import type { HandBuilt } from "./hand_built.ts";

const built = { neuronsPerFeature: measured, amplitude: measured, objective: measured };
const point = { construction: z.enum(["random", "hadamard"]), ...built };
const best = z.strictObject({ ...point, spread: measured, draws: count });

/** Checks a {@linkcode HandBuilt}; null where the energy of an S is not known. */
export const handBuiltSchema: z.ZodType<HandBuilt | null> = z.strictObject({
  learned: estimate,
  scan: z.array(z.strictObject(point)),
  best: z.array(best),
  asSparse: best.nullable(),
  theory: z.array(z.strictObject(built)),
}).nullable();
