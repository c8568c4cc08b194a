/** The key `ising` of `analysis.json`. */
import { z } from "zod";
import { count, measured, measuredList } from "../report/analysis_schema.ts";
import type { IsingData } from "./spin_models.ts";

const lattice = z.strictObject({
  annealed: z.strictObject({
    model: z.enum(["ferromagnet", "antiferromagnet", "triangularAntiferromagnet"]),
    size: count,
    spins: measuredList,
    energyPerSpin: measured,
  }),
  enumerated: z.strictObject({ size: count, energyPerSpin: measured, count }),
});

/** Checks {@linkcode IsingData}. */
export const isingSchema: z.ZodType<IsingData> = z.strictObject({
  lattices: z.array(lattice),
  entropy: z.strictObject({
    strips: z.array(z.strictObject({ width: count, entropyPerSpin: measured })),
    extrapolated: measured,
    exact: measured,
  }),
  signs: z.strictObject({ density: measured, perEntry: measured, entries: count }).nullable(),
});
