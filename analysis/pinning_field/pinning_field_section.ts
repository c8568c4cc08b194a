/** Field, response, residual and verdict: the pinning field as a section that can be read alone. */
import { measurePinningField, type PinningFieldSectionData } from "./pinning_field_measurement.ts";
import { pinningFieldTrainingSteps } from "./pinning_field_precision.ts";
import { fieldText, responseText } from "./pinning_field_text.ts";
import { pinningFieldVerdicts } from "./pinning_field_verdicts.ts";
import { residualText } from "./pinning_residual_text.ts";
import { pinningFieldSchema } from "./pinning_field_schema.ts";
import type { Section, Verdict } from "../report/section.ts";

/** The pinning field, the response to it, and what neither explains; null where it is not defined. */
export const pinningFieldSection: Section<PinningFieldSectionData | null> = {
  title: "Pinning field",
  schema: pinningFieldSchema,
  analyse: measurePinningField,
  trainingSteps: pinningFieldTrainingSteps,
  summarise(data) {
    if (data === null) {
      return "The pinning field is known for the rebalanced loss on k-hot samples, odd and smooth φ, and weights that have frozen.";
    }
    const verdicts = verdictText(pinningFieldVerdicts(data));
    return [fieldText(data), responseText(data), residualText(data), verdicts].join("\n\n");
  },
  verdicts(data) {
    return data === null ? [] : pinningFieldVerdicts(data);
  },
};

function verdictText(verdicts: readonly Verdict[]): string {
  return `**Verdict.** ${
    verdicts.map(({ claim, measured, verdict }) => `${claim}: ${verdict} (${measured})`).join(". ")
  }.`;
}
