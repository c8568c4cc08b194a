/** Degrees and overlaps of S as whole distributions. */
import { type GraphCounts, graphCounts } from "./graph_counts.ts";
import { graphCountsSchema } from "./graph_schema.ts";
import { graphCountsText } from "./graph_text.ts";
import type { Section } from "../report/section.ts";

/** Key `graphCounts` of `analysis.json`; null where nothing has frozen. */
export const graphCountsSection: Section<GraphCounts | null> = {
  title: "Degrees and overlaps",
  schema: graphCountsSchema,
  analyse: ({ signs, config }) => signs.edges > 0 ? graphCounts(signs, { seed: config.training.seed }) : null,
  summarise: (data) => data === null ? "S has no nonzeros: there is nothing to count." : graphCountsText(data),
};
