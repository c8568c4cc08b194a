/** The exact values of the weights, where they take exact values. */
import { valuesSchema } from "./clusters_schema.ts";
import { valuesText } from "./clusters_text.ts";
import type { Section } from "../report/section.ts";
import { type DegreeValues, valuesByDegree } from "./values_by_degree.ts";
import { valuesVerdicts } from "./values_verdicts.ts";

/** Values of the nonzeros by the degree of their feature. */
export const valuesSection: Section<readonly DegreeValues[]> = {
  title: "Values by degree",
  schema: valuesSchema,
  analyse: ({ weights, signs }) => valuesByDegree(weights, signs),
  summarise: valuesText,
  verdicts: valuesVerdicts,
};
