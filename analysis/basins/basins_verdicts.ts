/** Whether the learned signs are special: the claims that the descents speak to. */
import { percent, significant, withError } from "../report/number_text.ts";
import type { ClaimNumber, Verdict } from "../report/section.ts";
import { asGood } from "../report/thresholds.ts";
import type { StartKind } from "./basin_starts.ts";
import type { BasinSummary } from "./basin_summary.ts";
import type { Basins } from "./basins.ts";
import { startNames } from "./basins_text.ts";

/** What the measurement says of the study's claims. */
export function basinsVerdicts(data: Basins): Verdict[] {
  const rung = (kind: StartKind) => data.ladder.find((summary) => summary.kind === kind)!;
  const lowest = data.scan.reduce((best, point) => point.after < best.after ? point : best);
  const [learned, rounded] = [rung("learned"), rung("rounded")];
  return [
    partOf(2, comparison("Once S is known the weights follow: c·S descends to the learned loss.", rounded, learned)),
    ...[
      comparison("An iid random S of the learned density is as good as the learned S.", rung("random"), rounded),
      comparison("With one sign a neuron (footnote), an iid S is as good as the learned S.", rung("rowSign"), rounded),
      verdict(
        "An iid random S of its best density is as good as the learned S.",
        `${significant(lowest.after, 4)} after descent at p = ${significant(lowest.density)}, the lowest of the scan`,
        { value: lowest.after, reference: rounded },
      ),
    ].map((each) => partOf(4, each)),
    comparison("The learned S is as good as any of its density.", rounded, bestOf(data.ladder)),
  ];
}

function partOf(claim: ClaimNumber, verdict: Verdict): Verdict {
  return { ...verdict, partOf: [claim] };
}

function bestOf(ladder: readonly BasinSummary[]): BasinSummary {
  return ladder
    .filter(({ kind }) => kind !== "learned")
    .reduce((best, summary) => summary.after.value < best.after.value ? summary : best);
}

function comparison(claim: string, { after }: BasinSummary, reference: BasinSummary): Verdict {
  const measured = `${withError(after.value, after.error)} after descent`;
  return verdict(claim, measured, { value: after.value, reference });
}

function verdict(
  claim: string,
  measured: string,
  { value, reference }: { value: number; reference: BasinSummary },
): Verdict {
  const excess = value / reference.after.value - 1;
  const sign = excess < 0 ? "−" : "+";
  return {
    claim,
    measured: `${measured} (${sign}${percent(Math.abs(excess))})`,
    against: `${withError(reference.after.value, reference.after.error)} from ${startNames[reference.kind]}; as good ` +
      `means at most ${percent(asGood)} more`,
    verdict: excess <= asGood ? "supported" : "not supported",
  };
}
