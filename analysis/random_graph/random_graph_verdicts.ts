/** Whether the graph of S is an ordinary random graph. */
import { significant, withError } from "../report/number_text.ts";
import type { Verdict } from "../report/section.ts";
import { statisticNames } from "./graph_names.ts";
import type { GraphStatistics } from "./graph_statistics.ts";
import type { NullName, RandomGraphTests, StatisticTest } from "./random_graph.ts";

/** What the tests say of the study's claims. */
export function randomGraphVerdicts(data: RandomGraphTests): Verdict[] {
  return [
    verdict(data, "iid", "S is an iid random sign matrix: entries independent, signs independent and fair"),
    verdict(data, "rowSign", "the nonzeros of one row of S share a sign, and which entries are nonzero is iid"),
  ];
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
    partOf: [4],
    verdict: rejected[name] ? "not supported" : "supported",
  };
}
