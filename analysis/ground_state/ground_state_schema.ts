/** The key `groundState` of `analysis.json`. */
import { z } from "zod";
import { count, estimate, measured, measuredList } from "../report/analysis_schema.ts";
import type { GroundState } from "./ground_state.ts";
import { candidateKinds } from "./sign_candidates.ts";

const kind = z.enum(candidateKinds);
const moveCount = z.strictObject({ tried: count, accepted: count });

const candidate = z.strictObject({
  kind,
  searched: z.boolean(),
  amplitude: measured,
  energy: measured,
  relaxed: estimate,
  changedShare: measured,
  neuronsPerFeature: measured,
  statistics: z.strictObject({
    featureDegreeVariance: measured,
    neuronDegreeVariance: measured,
    featurePairsSharingTwo: count,
    neuronPairsSharingTwo: count,
    fourCycles: count,
    frustration: measured,
    assortativity: measured,
    neuronSignCorrelation: measured,
    signedSingularValue: measured,
    supportSingularValue: measured,
    overlapVariance: measured,
  }),
});

const search = z.strictObject({
  kind,
  amplitude: measured,
  before: measured,
  after: measured,
  trace: measuredList,
  moves: z.strictObject({ flip: moveCount, birth: moveCount, death: moveCount, shift: moveCount, swap: moveCount }),
});

/** Checks a {@linkcode GroundState}; null where the energy is not known or nothing has frozen. */
export const groundStateSchema: z.ZodType<GroundState | null> = z.strictObject({
  learned: estimate,
  candidates: z.array(candidate),
  searches: z.array(search),
  temperatures: z.tuple([measured, measured]),
  steps: count,
  exact: z.boolean(),
}).nullable();
