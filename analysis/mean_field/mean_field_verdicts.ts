/** The claims that the mean-field theory speaks to. */
import { percent, significant } from "../report/number_text.ts";
import type { Verdict } from "../report/section.ts";
import { asGood, predictedWithin } from "../report/thresholds.ts";
import type { MeanFieldData } from "./mean_field_comparison.ts";
import { deviation } from "./mean_field_text.ts";

/** Whether p is predictable, and whether an iid S is as good as one with equal degrees. */
export function meanFieldVerdicts(data: MeanFieldData): Verdict[] {
  return [density(data), iidIsAsGood(data)];
}

function density({ sparse, trained }: MeanFieldData): Verdict {
  const measured = `p = ${significant(trained.density)}`;
  const claim = "The density p of S is predictable by theory.";
  if (sparse === null) {
    return {
      claim,
      measured,
      against: "the objective has no minimum at small p",
      partOf: [4],
      verdict: "not supported",
    };
  }
  const near = Math.abs(sparse.density / trained.density - 1) <= predictedWithin;
  return {
    claim,
    measured,
    against: `mean-field minimum at p = ${significant(sparse.density)} (${deviation(sparse.density, trained.density)})`,
    partOf: [4],
    verdict: near ? "supported" : "not supported",
  };
}

function iidIsAsGood({ givenDensity: { iid, regular } }: MeanFieldData): Verdict {
  const excess = iid.objective / regular.objective - 1;
  return {
    claim: "By theory, an iid random S of the same p is as good as any.",
    measured: `iid S: objective ${significant(iid.objective, 4)}`,
    against: `S with equal degrees: ${significant(regular.objective, 4)} (iid ${
      deviation(iid.objective, regular.objective)
    }; as good means within ${percent(asGood)})`,
    partOf: [4],
    verdict: excess < asGood ? "supported" : "not supported",
  };
}
