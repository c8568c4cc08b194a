/** The values that the weights take, in words. */
import { markdownTable } from "../report/markdown.ts";
import { percent, significant } from "../report/number_text.ts";
import type { Clusters } from "./clusters.ts";
import type { DegreeValues } from "./values_by_degree.ts";

/** The clusters in a table, how they were counted, and how well the threshold separates. */
export function clustersText({ centres, threshold, margin, criterion }: Clusters): string {
  const rows = centres.map((centre) => [
    significant(centre.encoder, 4),
    significant(centre.decoder, 4),
    percent(centre.share),
    significant(centre.spread),
    significant(centre.decoderSpread),
  ]);
  const separation = threshold === null || margin === null
    ? "There is a single value of |E|: nothing separates zeros from nonzeros."
    : `A weight with |E| > ${significant(threshold)} counts as ±1 of S; ` +
      `${percent(margin.share)} of all weights lie within three spreads of that threshold.`;
  return [
    `The weight pairs (E[j,i], D[i,j]) form ${centres.length} clusters, counted as the peaks of their density whose ` +
    `prominence exceeds ${significant(criterion.requiredProminence)} (in units of ln density; the highest peak that ` +
    `was rejected has ${significant(criterion.rejectedProminence)}).`,
    markdownTable(["encoder", "decoder", "share", "encoder spread", "decoder spread"], rows),
    separation,
  ].join("\n\n");
}

/** The values by degree in a table. */
export function valuesText(groups: readonly DegreeValues[]): string {
  const rows = groups.map(({ degree, shared, pairs, encoder, decoder }) => [
    String(degree),
    shared ? "shared" : "of its own",
    String(pairs),
    `${significant(encoder.mean, 4)} ± ${significant(encoder.spread, 2)}`,
    `${significant(decoder.mean, 4)} ± ${significant(decoder.spread, 2)}`,
  ]);
  return "Weights on the nonzeros of S, their sign taken out, by the number of neurons of the feature and by whether " +
    "the neuron serves other features too: mean ± standard deviation over the pairs.\n\n" +
    markdownTable(["neurons of the feature", "neuron", "pairs", "encoder", "decoder"], rows);
}
