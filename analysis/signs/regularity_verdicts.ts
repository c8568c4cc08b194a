/** Whether S is regular: in blocks, and with features that cancel. */
import { percent, withError } from "../report/number_text.ts";
import type { Verdict } from "../report/section.ts";
import { explainedShare, familyWiseLevel } from "../report/thresholds.ts";
import type { BesideNulls, Regularity } from "./regularity.ts";

/** What the measurement says, beside graphs of the same degrees. */
export function regularityVerdicts({ largest, orthogonal, cancelling }: Regularity): Verdict[] {
  return [
    {
      claim:
        "S falls apart into components with less than half of the features each, where a random graph is of one piece.",
      measured: `the largest has ${percent(largest.fixedDegree.observed)} of the features`,
      against: against(largest),
      verdict: isMost(largest.fixedDegree.nullMean)
        ? isMost(largest.fixedDegree.observed) ? "not supported" : "supported"
        : "open",
    },
    {
      claim: "Most features are in components of two or more that are all orthogonal.",
      measured: percent(orthogonal.fixedDegree.observed),
      against: against(orthogonal),
      verdict: verdictOn(orthogonal),
    },
    {
      claim: "Features that share neurons are orthogonal: their signs on them cancel.",
      measured: `${percent(cancelling.fixedDegree.observed)} of the pairs that share neurons`,
      against: against(cancelling),
      verdict: verdictOn(cancelling),
    },
  ];
}

function against({ fixedDegree: { nullMean, nullSd } }: BesideNulls): string {
  return `${withError(nullMean, nullSd)} with the same degrees and random signs; most is more than half`;
}

function isMost(share: number): boolean {
  return share > explainedShare.most;
}

/** Most, and more than chance; or not even more than chance; or in between. */
function verdictOn({ fixedDegree: { observed, nullMean, p } }: BesideNulls): Verdict["verdict"] {
  const isMore = observed > nullMean && p <= familyWiseLevel;
  if (!isMore) return "not supported";
  return isMost(observed) ? "supported" : "open";
}
