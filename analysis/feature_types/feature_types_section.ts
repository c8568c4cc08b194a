/** How a network treats features of several types. */
import type { Section } from "../report/section.ts";
import { type FeatureTypesData, measureFeatureTypes } from "./feature_types.ts";
import { featureTypesSchema } from "./feature_types_schema.ts";
import { featureTypesText } from "./feature_types_text.ts";
import { featureTypesVerdicts, featureTypesWarnings } from "./feature_types_verdicts.ts";

/** Neurons, clusters and errors by type, beside the theory of the shares; null for a task without types. */
export const featureTypesSection: Section<FeatureTypesData | null> = {
  title: "Feature types",
  schema: featureTypesSchema,
  analyse: measureFeatureTypes,
  summarise(data, { task }) {
    if (data !== null) return featureTypesText(data);
    return task.name === "typed" ? "Nothing has frozen: there are no neurons to share out." : "";
  },
  verdicts: (data) => data === null ? [] : featureTypesVerdicts(data),
  warnings: (data) => data === null ? [] : featureTypesWarnings(data),
};
