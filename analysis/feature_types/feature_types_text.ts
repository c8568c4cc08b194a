/** How a network treats features of several types, in words. */
import { markdownTable } from "../report/markdown.ts";
import { significant, withError } from "../report/number_text.ts";
import type { BlockNeurons } from "./block_neurons.ts";
import type { FeatureTypesData, GroupMeasurement, SharesCost } from "./feature_types.ts";

/** What makes the groups differ, and what was measured on each, in tables. */
export function featureTypesText({ groups, betweenGroups, cornerScales, theory, blocks }: FeatureTypesData): string {
  const { observed, nullMean, nullSd } = betweenGroups;
  const onCorners = (values: GroupMeasurement["encoder"]) =>
    values === null ? "–" : `${significant(values.mean)} ± ${significant(values.spread, 2)}`;
  return [
    "Features of a type are one group; where a quantity of the type falls with the rank, ranks are put together by equal steps " +
    "of their logarithm.",
    markdownTable(
      ["group", "features", "importance", "chance to be on", "amplitude", "σ²"],
      groups.map((group) => [
        group.name,
        String(group.features),
        ...[group.importance, group.chance, group.amplitude, group.noiseVariance].map((value) => significant(value)),
      ]),
    ),
    "Neurons of a feature (mean with its error over features; predicted by the mean-field theory from the number of all " +
    "neurons of all features alone), weights on the nonzeros of S without their sign (mean ± standard deviation), and the squared " +
    "error where a feature is on, relative to its amplitude.",
    markdownTable(
      ["group", "neurons", "predicted", "encoder c", "predicted", "decoder", "missed when on"],
      groups.map(({ name, neuronsPerFeature, encoder, decoder, missed, predicted }) => [
        name,
        withError(neuronsPerFeature.value, neuronsPerFeature.error),
        predicted === null ? "–" : significant(predicted.degree),
        onCorners(encoder),
        predicted === null ? "–" : significant(predicted.weight),
        onCorners(decoder),
        withError(missed.value, missed.error),
      ]),
    ),
    (groups.length === 1
      ? ""
      : `Between groups lies ${
        significant(observed)
      } of the variance of the degrees (η²), where shuffled degrees have ` +
        `${significant(nullMean, 2)} ± ${significant(nullSd, 2)}. `) +
    `The corner pairs, folded onto one corner, have ` +
    `${cornerScales === 1 ? "one peak" : `${cornerScales} peaks`}: ` +
    `${cornerScales === 1 ? "one scale beside zero" : "more than one scale beside zero"}.`,
    theory === null
      ? "The theory of the shares is known for the rebalanced loss, an odd activation and uncorrelated features."
      : `In the theory the cheapest shares cost ${significant(theory.cheapest, 5)}, those of the network ` +
        `${significant(theory.measured, 5)} (${dearer(theory, "measured")} more), equal ones ` +
        `${significant(theory.equal, 5)} (${dearer(theory, "equal")} more).`,
    ...(blocks === null ? [] : [blocksText(blocks)]),
  ].join("\n\n");
}

function blocksText({ partners, byPartners }: BlockNeurons): string {
  return `On the neuron of a nonzero of S there are ${
    significant(partners.observed)
  } other features of the same block on ` +
    `average, where shuffled blocks have ${significant(partners.nullMean)} ± ${
      significant(partners.nullSd, 2)
    }. By their ` +
    "number, |E| (mean ± standard deviation) is\n\n" +
    markdownTable(
      ["others of the block", "nonzeros", "|E|"],
      byPartners.map(({ partners, pairs, encoder: { mean, spread } }) => [
        String(partners),
        String(pairs),
        `${significant(mean)} ± ${significant(spread, 2)}`,
      ]),
    );
}

/** How much more some shares cost than the cheapest. */
export function dearer(theory: SharesCost, shares: "measured" | "equal"): string {
  return `${significant(100 * (theory[shares] / theory.cheapest - 1), 2)}\u00a0%`;
}
