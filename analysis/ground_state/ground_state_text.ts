/** The searches and designs in words and a table. */
import { markdownTable } from "../report/markdown.ts";
import { percent, significant, wholeNumber, withError } from "../report/number_text.ts";
import type { GroundState, SignCandidate } from "./ground_state.ts";
import type { CandidateKind } from "./sign_candidates.ts";

/** What the sign matrices are called. */
export const candidateNames: Readonly<Record<CandidateKind, string>> = {
  learned: "learned S",
  random: "iid S",
  regular: "level degrees, small overlaps",
  transversal: "transversal design",
  hadamard: "Hadamard blocks",
};

/** The name of an S, as tables and figures have it. */
export function candidateName({ kind, searched }: Pick<SignCandidate, "kind" | "searched">): string {
  return searched ? `${candidateNames[kind]}, searched` : candidateNames[kind];
}

/** What the searches found. */
export function groundStateText(
  { learned, candidates, searches, temperatures: [hot, cold], steps, exact }: GroundState,
): string {
  const moved = searches.map(({ kind, before, after, moves }) => {
    const total = Object.values(moves);
    const tried = total.reduce((sum, move) => sum + move.tried, 0);
    const accepted = total.reduce((sum, move) => sum + move.accepted, 0);
    return `from ${candidateNames[kind]} ${significant(before, 5)} → ${significant(after, 5)} (${
      wholeNumber(tried)
    } moves, ` +
      `${percent(accepted / tried)} accepted)`;
  });
  return [
    "The energy of S is the least objective over all decoders at E = c·S, exact, at the c that is best for S. Relaxed: both " +
    `matrices follow for ${steps} training steps at a small learning rate${
      exact ? "" : ", measured on fresh samples"
    }. ` +
    `The learned weights themselves end at ${withError(learned.value, learned.error)} after such a descent.`,
    markdownTable(
      [
        "S",
        "neurons a feature",
        "c",
        "energy",
        "relaxed",
        "S changed",
        "variance of degrees (features, neurons)",
        "4-cycles",
        "frustrated",
        "variance of overlaps",
      ],
      candidates.map((candidate) => [
        candidateName(candidate),
        significant(candidate.neuronsPerFeature),
        significant(candidate.amplitude),
        significant(candidate.energy, 5),
        withError(candidate.relaxed.value, candidate.relaxed.error),
        percent(candidate.changedShare),
        `${significant(candidate.statistics.featureDegreeVariance)}, ${
          significant(candidate.statistics.neuronDegreeVariance)
        }`,
        wholeNumber(candidate.statistics.fourCycles),
        percent(candidate.statistics.frustration),
        significant(candidate.statistics.overlapVariance),
      ]),
    ),
    `Searches (flips, births, deaths, shifts, swaps of nonzeros; temperature ${significant(hot)} → ${
      significant(cold)
    }): ` +
    `${moved.join("; ")}.`,
    "Transversal design: no two features share two neurons, so that there are no 4-cycles. Hadamard blocks: the neurons, in random order, are cut into blocks; a block has as many features as neurons, with the " +
    "signs of a Hadamard matrix, so that these features are orthogonal; every h features the order is drawn anew.",
  ].join("\n\n");
}
