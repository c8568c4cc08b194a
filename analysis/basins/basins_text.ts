/** The ladder of descents in words and tables. */
import { markdownTable } from "../report/markdown.ts";
import { percent, significant, withError } from "../report/number_text.ts";
import type { StartKind } from "./basin_starts.ts";
import type { Basins } from "./basins.ts";

/** What the starts are called. */
export const startNames: Readonly<Record<StartKind, string>> = {
  learned: "learned weights",
  rounded: "c·S, S learned",
  random: "c·S, iid S",
  rowSign: "c·S, iid S with one sign a neuron",
  fixedDegree: "c·S, random S with the learned degrees",
  regular: "c·S, S with level degrees and small overlaps",
};

/** What the descents measured. */
export function basinsText(data: Basins): string {
  const { ladder, scan, bestDensity, recovered, steps, learningRate, amplitude, density } = data;
  const best = bestDensity === null
    ? "It has no minimum within the scan."
    : `A parabola in ln p through the lowest has its minimum at p = ${
      withError(bestDensity.value, bestDensity.error)
    }.`;
  return [
    `Every start has as many nonzeros as the learned S (p = ${significant(density)}), the same c = ` +
    `${significant(amplitude)} and its own optimal decoder; from there ${steps} training steps on fresh data, the ` +
    `learning rate ${significant(learningRate)} falling to 0. Objectives on fresh samples, the same for all: means ± ` +
    "standard errors over draws, over samples for a single start. The last column counts weights that crossed between " +
    "−c, 0 and c, in units of the number of nonzeros. A descent is short: compare its ends with one another.",
    markdownTable(
      ["start", "draws", "before", "after", "after, optimal decoder", "signs changed"],
      ladder.map(({ kind, draws, before, after, refitted, changedShare }) => [
        startNames[kind],
        String(draws),
        withError(before.value, before.error),
        withError(after.value, after.error),
        withError(refitted.value, refitted.error),
        percent(changedShare.value),
      ]),
    ),
    "The displacements from c·S where the rounded start and the learned weights end correlate " +
    `${significant(recovered.encoder)} (encoder) and ${significant(recovered.decoder)} (decoder); one minimum and no ` +
    "training noise would give 1.",
    `Iid S at other densities, a draw each. ${best}`,
    markdownTable(
      ["p", "before", "after", "after, optimal decoder"],
      scan.map((point) => [
        significant(point.density),
        significant(point.before, 4),
        withError(point.after, point.standardError),
        withError(point.refitted, point.standardError),
      ]),
    ),
  ].join("\n\n");
}
