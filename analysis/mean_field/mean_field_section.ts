/** The mean-field theory beside the trained network. */
import { compareWithMeanField, type MeanFieldData } from "./mean_field_comparison.ts";
import { meanFieldSchema } from "./mean_field_schema.ts";
import { meanFieldText } from "./mean_field_text.ts";
import { meanFieldVerdicts } from "./mean_field_verdicts.ts";
import type { Section } from "../report/section.ts";

/** Predictions from (d, h, k, σ², λ, ρ) alone; null where the theory does not hold or nothing has frozen. */
export const meanFieldSection: Section<MeanFieldData | null> = {
  title: "Mean-field theory",
  schema: meanFieldSchema,
  analyse: compareWithMeanField,
  summarise: (data) =>
    data === null
      ? "The theory holds for odd activations, the rebalanced loss on k-hot samples, and weights that have frozen."
      : meanFieldText(data),
  verdicts: (data) => data === null ? [] : meanFieldVerdicts(data),
};
