/** Whether the learned signs are special: the ladder of descents, in a table and in verdicts. */
import type { Config } from "../../models/experiment/config.ts";
import { lossForm, matrixProductCost } from "../../models/losses/objective.ts";
import { analyseBasins, type BasinOptions, type Basins, type BasinSummary, type StartKind } from "./basins.ts";
import { markdownTable } from "../report/markdown.ts";
import { percent, significant, withError } from "../report/numbers.ts";
import type { Section, Verdict } from "../report/section.ts";

const kindNames: Readonly<Record<StartKind, string>> = {
  learned: "learned weights",
  rounded: "c·S, S learned",
  random: "c·S, iid S",
  rowSign: "c·S, iid S with one sign a neuron",
  fixedDegree: "c·S, random S with the learned degrees",
  regular: "c·S, S with level degrees and small overlaps",
};

/** How much more one objective may be than another to count as good. */
const asGood = 0.01;

/** Operations of a training step above which the ladder is cut short. */
const largeStep = 1e10;

/** What S is worth, by descent; null for another loss or where nothing has frozen. The longest of the sections. */
export const basinsSection: Section<Basins | null> = {
  title: "Basins",
  analyse({ config, weights, signs, device, report }) {
    if (config.loss.name !== "rebalanced" || signs.edges === 0) return null;
    return analyseBasins(weights, config, signs, {
      ...budget(config),
      seed: config.training.seed,
      device,
      onDescent: (_, done, total) => report?.(`descent ${done} of ${total}`),
    });
  },
  trainingSteps(config) {
    // A descent, and three evaluations and two optimal decoders beside it that take about as long.
    const { draws = 3, densities, steps = 400 } = budget(config);
    return 2 * steps * (2 + 4 * draws + (densities?.length ?? 5));
  },
  summarise(data) {
    if (data === null) return "Known for the rebalanced loss, and for weights that have frozen.";
    const { ladder, scan, bestDensity, recovered, steps, learningRate, amplitude, density } = data;
    const best = bestDensity === null
      ? "It has no minimum within the scan."
      : `A parabola in ln p through the lowest has its minimum at p = ${
        withError(bestDensity.value, bestDensity.error)
      }.`;
    return [
      `Every start has as many nonzeros as the learned S (p = ${significant(density)}), the same c = ` +
      `${significant(amplitude)} and its own optimal decoder; from there ${steps} training steps on fresh data, the ` +
      `learning rate ${
        significant(learningRate)
      } falling to 0. Objectives on fresh samples, the same for all: means ± ` +
      "standard errors over draws, over samples for a single start. The last column counts weights that crossed between " +
      "−c, 0 and c, in units of the number of nonzeros. A descent is short: compare its ends with one another.",
      markdownTable(
        ["start", "draws", "before", "after", "after, optimal decoder", "signs changed"],
        ladder.map(({ kind, draws, before, after, refitted, changedShare }) => [
          kindNames[kind],
          String(draws),
          withError(before.value, before.error),
          withError(after.value, after.error),
          withError(refitted.value, refitted.error),
          percent(changedShare.value),
        ]),
      ),
      "The displacements from c·S where the rounded start and the learned weights end correlate " +
      `${significant(recovered.encoder)} (encoder) and ${
        significant(recovered.decoder)
      } (decoder); one minimum and no ` +
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
  },
  verdicts(data) {
    if (data === null) return [];
    const rung = (kind: StartKind) => data.ladder.find((summary) => summary.kind === kind)!;
    const lowest = data.scan.reduce((best, point) => point.after < best.after ? point : best);
    const [learned, rounded] = [rung("learned"), rung("rounded")];
    return [
      comparison("Once S is known the weights follow: c·S descends to the learned loss.", rounded, learned),
      comparison("An iid random S of the learned density is as good as the learned S.", rung("random"), rounded),
      comparison("With one sign a neuron (footnote), an iid S is as good as the learned S.", rung("rowSign"), rounded),
      verdict(
        "An iid random S of its best density is as good as the learned S.",
        `${significant(lowest.after, 4)} after descent at p = ${significant(lowest.density)}, the lowest of the scan`,
        { value: lowest.after, reference: rounded },
      ),
      comparison("The learned S is as good as any of its density.", rounded, bestOf(data.ladder)),
    ];
  },
};

/** The full ladder where a training step is cheap; where it is not, fewer draws, densities and steps. */
function budget(config: Config): BasinOptions {
  const { model, training: { batch, supportsPerNoise } } = config;
  const sampling = { batch, vectors: batch / supportsPerNoise };
  const operations = matrixProductCost(lossForm(config, sampling), { ...model, ...sampling });
  return operations <= largeStep ? {} : { draws: 2, densities: [2], steps: 200 };
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
    against: `${withError(reference.after.value, reference.after.error)} from ${kindNames[reference.kind]}; as good ` +
      `means at most ${percent(asGood)} more`,
    verdict: excess <= asGood ? "supported" : "not supported",
  };
}
