/** Whether the learned S is a ground state, and whether an iid S becomes as good as it by searching. */
import { percent, withError } from "../report/number_text.ts";
import type { Verdict } from "../report/section.ts";
import { asGood } from "../report/thresholds.ts";
import type { GroundState, SignCandidate } from "./ground_state.ts";
import { candidateName } from "./ground_state_text.ts";

/** What the measurement says. Both matrices follow before anything is compared. */
export function groundStateVerdicts({ candidates, learned }: GroundState): Verdict[] {
  const lowest = candidates.reduce((best, each) => each.relaxed.value < best.relaxed.value ? each : best);
  const excess = learned.value / lowest.relaxed.value - 1;
  const verdicts: Verdict[] = [{
    claim: "The learned S is a ground state: no other S of this task has a lower objective.",
    measured: `${withError(learned.value, learned.error)} from the learned weights`,
    against: `${relaxedOf(lowest)} from ${candidateName(lowest)}; a ground state may lie ${percent(asGood)} above it`,
    verdict: excess <= asGood ? "open" : "not supported",
  }];
  const searched = candidates.find(({ kind, searched }) => kind === "random" && searched);
  if (searched !== undefined) {
    const gap = searched.relaxed.value / learned.value - 1;
    verdicts.push({
      claim: "An iid random S, searched from, becomes as good as the learned S.",
      measured: `${relaxedOf(searched)} after the search`,
      against: `${withError(learned.value, learned.error)} from the learned weights; as good means at most ${
        percent(asGood)
      } more`,
      verdict: gap <= asGood ? "supported" : "not supported",
    });
  }
  return verdicts;
}

function relaxedOf({ relaxed }: SignCandidate): string {
  return withError(relaxed.value, relaxed.error);
}
