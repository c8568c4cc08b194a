/** Whether training finds more than can be built by hand. */
import { percent, significant, withError } from "../report/number_text.ts";
import type { Verdict } from "../report/section.ts";
import { asGood, equalWithin } from "../report/thresholds.ts";
import type { BestHandBuilt, Construction, HandBuilt } from "./hand_built.ts";
import { constructionNames } from "./hand_built_text.ts";

const claims: Readonly<Record<Construction, string>> = {
  random:
    "The learned network is better than random signs with their optimal decoder, whatever their density and scale.",
  hadamard: "It is better than signs that are laid out by hand.",
};

/** What the measurement says: beside random signs as sparse as the learned ones, and beside the best of each construction. */
export function handBuiltVerdicts({ learned, best, asSparse }: HandBuilt): Verdict[] {
  const verdict = (claim: string, built: BestHandBuilt): Verdict => ({
    claim,
    measured: withError(learned.value, learned.error),
    against: against(built, learned.value),
    verdict: verdictOn(built, learned),
  });
  const claim = "The learned network is better than random signs, as sparse as its own, with their optimal decoder.";
  return [
    ...(asSparse === null ? [] : [verdict(claim, asSparse)]),
    ...best.map((built) => verdict(claims[built.construction], built)),
  ];
}

function against(
  { construction, neuronsPerFeature, amplitude, objective, spread, draws }: BestHandBuilt,
  learned: number,
): string {
  const excess = objective / learned - 1;
  return `${withError(objective, spread)} (spread over ${draws} draws) from ${constructionNames[construction]}, ${
    significant(neuronsPerFeature)
  } neurons a feature, c = ${significant(amplitude)}: ${percent(Math.abs(excess))} ${excess >= 0 ? "more" : "less"}`;
}

/** Better means by more than counts as good, and by more than chance would have it. */
function verdictOn({ objective, spread, draws }: BestHandBuilt, learned: HandBuilt["learned"]): Verdict["verdict"] {
  const gap = objective - learned.value;
  const chance = equalWithin.errors * Math.hypot(spread / Math.sqrt(draws), learned.error);
  if (Math.abs(gap) <= Math.max(chance, asGood * learned.value)) return "open";
  return gap > 0 ? "supported" : "not supported";
}
