/** Whether the weights take exact values. */
import type { Config } from "../../models/experiment/config.ts";
import { percent, significant } from "../report/number_text.ts";
import type { Verdict } from "../report/section.ts";
import { exactSpread } from "../report/thresholds.ts";
import type { DegreeValues } from "./values_by_degree.ts";

/** What the values say of the study's claim about networks without superposition. */
export function valuesVerdicts(groups: readonly DegreeValues[], { model }: Config): Verdict[] {
  if (model.hidden <= model.features || groups.length === 0) return [];
  const pairs = groups.reduce((sum, group) => sum + group.pairs, 0);
  const exact = groups.filter(({ encoder }) => encoder.spread <= exactSpread)
    .reduce((sum, group) => sum + group.pairs, 0);
  const widest = Math.max(...groups.map(({ encoder }) => encoder.spread));
  return [{
    claim:
      "Without superposition the weights take a few exact values, which the number of neurons of a feature decides.",
    measured: `${groups.length} groups; widest encoder spread ${significant(widest)}`,
    against: `exact means a spread of at most ${exactSpread}: so are the groups of ${
      percent(exact / pairs)
    } of the nonzeros`,
    partOf: [1, 3],
    verdict: widest <= exactSpread ? "supported" : "not supported",
  }];
}
