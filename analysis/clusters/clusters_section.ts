/** The values that the weight pairs take. */
import type { Clusters } from "./clusters.ts";
import { clustersSchema } from "./clusters_schema.ts";
import { clustersText } from "./clusters_text.ts";
import { clustersWarnings } from "./clusters_warnings.ts";
import type { Section } from "../report/section.ts";

/** The clusters found among the weight pairs. */
export const clustersSection: Section<Clusters> = {
  title: "Clusters",
  schema: clustersSchema,
  analyse: ({ clusters }) => clusters,
  summarise: clustersText,
  warnings: clustersWarnings,
};
