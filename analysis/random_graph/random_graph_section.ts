/** Whether the graph of S is an ordinary random graph, in a table and in verdicts. */
import type { GraphStatistics } from "./graph_statistics.ts";
import { markdownTable } from "../report/markdown.ts";
import { fixed, significant, withError } from "../report/numbers.ts";
import { type NullName, type RandomGraphTests, randomGraphTests, type StatisticTest } from "./random_graph.ts";
import { randomGraphSchema } from "./graph_schema.ts";
import type { Section, Verdict } from "../report/section.ts";

/** The statistics as tables and figures name them. */
export const statisticNames: Readonly<Record<keyof GraphStatistics, string>> = {
  featureDegreeVariance: "variance of feature degrees",
  neuronDegreeVariance: "variance of neuron degrees",
  featurePairsSharingTwo: "feature pairs sharing ≥ 2 neurons",
  neuronPairsSharingTwo: "neuron pairs sharing ≥ 2 features",
  fourCycles: "4-cycles",
  frustration: "frustrated fraction of 4-cycles",
  assortativity: "degree assortativity",
  neuronSignCorrelation: "sign correlation within neurons",
  signedSingularValue: "largest singular value of S",
  supportSingularValue: "largest singular value of |S| − p",
  overlapVariance: "variance of feature overlaps",
};

/** The null models as tables and figures name them. */
export const nullNames: Readonly<Record<NullName, string>> = {
  iid: "iid",
  rowSign: "one sign a neuron",
  fixedDegree: "fixed degrees",
};

/** Tests of S against iid, row-sign and fixed-degree random graphs; null where nothing has frozen. */
export const randomGraphSection: Section<RandomGraphTests | null> = {
  title: "Random graph",
  schema: randomGraphSchema,
  analyse: ({ signs, config }) => signs.edges > 0 ? randomGraphTests(signs, { seed: config.training.seed }) : null,
  summarise(data) {
    if (data === null) return "S has no nonzeros: there is no graph to test.";
    const { draws, level, nulls, marchenkoPastur } = data;
    const names = Object.keys(nullNames) as NullName[];
    const rows = (Object.keys(statisticNames) as (keyof GraphStatistics)[]).map((statistic) => [
      statisticNames[statistic],
      significant(nulls.iid[statistic].observed, 4),
      ...names.map((name) => cell(nulls[name][statistic], level)),
    ]);
    const edges = [
      `${significant(marchenkoPastur.signs.observed / marchenkoPastur.signs.edge)} for S`,
      `${significant(marchenkoPastur.support.observed / marchenkoPastur.support.edge)} for |S| − p`,
    ];
    return [
      `The bipartite graph of features and neurons against ${draws} draws of each null model, all with as many nonzeros ` +
      "as S: mean ± standard deviation of the null, and z. Bold: rejected at a family-wise level of " +
      `${level} over all tests of the table (Holm). "Fixed degrees" keeps every degree and each neuron's numbers of + ` +
      "and −. Nothing here changes when a neuron is flipped.",
      markdownTable(["statistic", "S", ...names.map((name) => nullNames[name])], rows),
      `Largest singular values in units of Marchenko and Pastur's edge: ${edges.join(", ")}.`,
    ].join("\n\n");
  },
  verdicts(data) {
    if (data === null) return [];
    return [
      verdict(data, "iid", "S is an iid random sign matrix: entries independent, signs independent and fair"),
      verdict(data, "rowSign", "the nonzeros of one row of S share a sign, and which entries are nonzero is iid"),
    ];
  },
};

function cell({ observed, nullMean, nullSd, z, adjustedP }: StatisticTest, level: number): string {
  if (nullSd === 0 && observed === nullMean) return "the same";
  if (z === null) return `**always ${significant(nullMean)}**`;
  const text = `${withError(nullMean, nullSd)}, z = ${fixed(z, 1)}`;
  return adjustedP <= level ? `**${text}**` : text;
}

/** How many statistics reject a null, and which does so most clearly. */
function verdict({ draws, level, nulls, rejected }: RandomGraphTests, name: NullName, claim: string): Verdict {
  const tests = Object.entries(nulls[name]) as [keyof GraphStatistics, StatisticTest][];
  const rejecting = tests.filter(([, test]) => test.adjustedP <= level);
  const [[statistic, clearest]] = tests.toSorted(([, a], [, b]) => a.adjustedP - b.adjustedP);
  return {
    claim,
    measured: `${rejecting.length} of ${tests.length} statistics reject it; clearest: ${statisticNames[statistic]} ` +
      `${significant(clearest.observed)}, expected ${withError(clearest.nullMean, clearest.nullSd)}`,
    against: `${draws} draws of the null model; Holm over all tests, level ${level}`,
    verdict: rejected[name] ? "not supported" : "supported",
  };
}
