/** The values that the weight pairs take. */
import { type Clusters } from "./clusters.ts";
import { markdownTable } from "../report/markdown.ts";
import { percent, significant } from "../report/numbers.ts";
import { clustersSchema } from "./clusters_schema.ts";
import type { Section } from "../report/section.ts";

/** The clusters found among the weight pairs. */
export const clustersSection: Section<Clusters> = {
  title: "Clusters",
  schema: clustersSchema,
  analyse: ({ clusters }) => clusters,
  summarise({ centres, threshold, margin, criterion }) {
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
      `prominence exceeds ${
        significant(criterion.requiredProminence)
      } (in units of ln density; the highest peak that ` +
      `was rejected has ${significant(criterion.rejectedProminence)}).`,
      markdownTable(["encoder", "decoder", "share", "encoder spread", "decoder spread"], rows),
      separation,
    ].join("\n\n");
  },
};
