/** The keys `randomGraph`, `graphCounts` and `singularSpectrum` of `analysis.json`. */
import { z } from "zod";
import { count, measured, measuredList } from "../report/analysis_schema.ts";
import type { GraphCounts } from "./graph_counts.ts";
import type { RandomGraphTests, StatisticTest } from "./random_graph.ts";
import type { SingularSpectrum } from "./singular_spectrum.ts";

/** A {@linkcode StatisticTest}. */
export const test: z.ZodType<StatisticTest> = z.strictObject({
  observed: measured,
  nullMean: measured,
  nullSd: measured,
  z: z.number().nullable(),
  p: measured,
  adjustedP: measured,
});

const tests = z.strictObject({
  featureDegreeVariance: test,
  neuronDegreeVariance: test,
  featurePairsSharingTwo: test,
  neuronPairsSharingTwo: test,
  fourCycles: test,
  frustration: test,
  assortativity: test,
  neuronSignCorrelation: test,
  signedSingularValue: test,
  supportSingularValue: test,
  overlapVariance: test,
});

const edge = z.strictObject({ observed: measured, edge: measured });

/** Checks {@linkcode RandomGraphTests}; null where nothing has frozen. */
export const randomGraphSchema: z.ZodType<RandomGraphTests | null> = z.strictObject({
  draws: count,
  level: measured,
  nulls: z.strictObject({ iid: tests, rowSign: tests, fixedDegree: tests }),
  rejected: z.strictObject({ iid: z.boolean(), rowSign: z.boolean(), fixedDegree: z.boolean() }),
  marchenkoPastur: z.strictObject({ signs: edge, support: edge }),
}).nullable();

const counts = z.strictObject({
  observed: z.array(count),
  nulls: z.array(z.strictObject({ name: z.string(), mean: measuredList, sd: measuredList })),
});

const bothSides = z.strictObject({ features: counts, neurons: counts });

/** Checks {@linkcode GraphCounts}; null where nothing has frozen. */
export const graphCountsSchema: z.ZodType<GraphCounts | null> = z.strictObject({
  draws: count,
  degrees: bothSides,
  overlaps: bothSides,
}).nullable();

/** Checks a {@linkcode SingularSpectrum}; null where nothing has frozen. */
export const singularSpectrumSchema: z.ZodType<SingularSpectrum | null> = z.strictObject({
  values: measuredList,
  law: z.array(z.strictObject({ value: measured, density: measured })),
}).nullable();
