/** Whether the graph of S is an ordinary random graph. */
import { randomGraphSchema } from "./graph_schema.ts";
import { randomGraphText } from "./graph_text.ts";
import { type RandomGraphTests, randomGraphTests } from "./random_graph.ts";
import { randomGraphVerdicts } from "./random_graph_verdicts.ts";
import type { Section } from "../report/section.ts";

/** Tests of S against iid, row-sign and fixed-degree random graphs; null where nothing has frozen. */
export const randomGraphSection: Section<RandomGraphTests | null> = {
  title: "Random graph",
  schema: randomGraphSchema,
  analyse: ({ signs, config }) => signs.edges > 0 ? randomGraphTests(signs, { seed: config.training.seed }) : null,
  summarise: (data) => data === null ? "S has no nonzeros: there is no graph to test." : randomGraphText(data),
  verdicts: (data) => data === null ? [] : randomGraphVerdicts(data),
};
