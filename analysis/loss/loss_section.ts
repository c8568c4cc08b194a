/** What the network costs on samples it has not seen. */
import { heldOutLoss } from "../../models/training/evaluation.ts";
import { lossSchema } from "./loss_schema.ts";
import { lossText } from "./loss_text.ts";
import type { Section } from "../report/section.ts";

/** Key `loss` of `analysis.json`. */
export interface LossData {
  /** Means over fresh samples; `standardError` is that of `objective`. Parts of the loss stand beside by name. */
  readonly heldOut:
    & { readonly objective: number; readonly standardError: number; readonly data: number }
    & Readonly<
      Record<string, number>
    >;
  readonly samples: number;
}

/** The held-out objective and its parts. */
export const lossSection: Section<LossData> = {
  title: "Loss",
  schema: lossSchema,
  async analyse({ config, weights, device }) {
    const { parts, samples, ...means } = await heldOutLoss(config, weights, { device });
    return { heldOut: { ...means, ...parts }, samples };
  },
  summarise: lossText,
};
