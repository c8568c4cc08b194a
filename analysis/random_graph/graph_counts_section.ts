/** Degrees and overlaps of S as whole distributions. */
import { type CountsUnderNulls, type GraphCounts, graphCounts } from "./graph_counts.ts";
import { markdownTable } from "../report/markdown.ts";
import { significant } from "../report/numbers.ts";
import { graphCountsSchema } from "./graph_schema.ts";
import type { Section } from "../report/section.ts";

/** Key `graphCounts` of `analysis.json`; null where nothing has frozen. */
export const graphCountsSection: Section<GraphCounts | null> = {
  title: "Degrees and overlaps",
  schema: graphCountsSchema,
  analyse: ({ signs, config }) => signs.edges > 0 ? graphCounts(signs, { seed: config.training.seed }) : null,
  summarise(data) {
    if (data === null) return "S has no nonzeros: there is nothing to count.";
    const { draws, degrees, overlaps } = data;
    return [
      `Counts in S, with mean ± standard deviation over ${draws} draws of each null model.`,
      "Features by their number of neurons:",
      table(degrees.features),
      "Neurons by their number of features:",
      table(degrees.neurons),
      "Pairs of features by the number of neurons they share:",
      table(overlaps.features),
      "Pairs of neurons by the number of features they share:",
      table(overlaps.neurons),
    ].join("\n\n");
  },
};

function table({ observed, nulls }: CountsUnderNulls): string {
  const length = Math.max(observed.length, ...nulls.map(({ mean }) => mean.length));
  const rows = Array.from({ length }, (_, value) => [
    String(value),
    String(observed[value] ?? 0),
    ...nulls.map(({ mean, sd }) => `${significant(mean[value] ?? 0)} ± ${significant(sd[value] ?? 0, 2)}`),
  ]);
  return markdownTable(["number", "S", ...nulls.map(({ name }) => name)], rows);
}
