/** What the network costs on samples it has not seen. */
import { type LossData, measureLoss } from "./held_out.ts";
import { lossSchema } from "./loss_schema.ts";
import { lossText } from "./loss_text.ts";
import { lossWarnings } from "./loss_warnings.ts";
import { ofAnyNetwork, type Section } from "../report/section.ts";

/** The held-out objective and its parts. */
export const lossSection: Section<LossData> = {
  title: "Loss",
  schema: lossSchema,
  ...ofAnyNetwork(measureLoss),
  summarise: lossText,
  warnings: lossWarnings,
};
