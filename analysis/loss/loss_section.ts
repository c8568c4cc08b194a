/** What the network costs on samples it has not seen. */
import { heldOutLoss } from "../../models/training/evaluation.ts";
import { zeroNetworkObjective } from "./dead_network.ts";
import { lossSchema } from "./loss_schema.ts";
import { lossText } from "./loss_text.ts";
import { lossWarnings } from "./loss_warnings.ts";
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
  /** A network that returns zero for every input. Absent from runs measured before it was kept. */
  readonly zeroNetwork?: { readonly objective: number };
}

/** The held-out objective and its parts. */
export const lossSection: Section<LossData> = {
  title: "Loss",
  schema: lossSchema,
  async analyse({ config, weights, device }) {
    const { parts, samples, ...means } = await heldOutLoss(config, weights, { device });
    const zeroNetwork = { objective: await zeroNetworkObjective(config, device) };
    return { heldOut: { ...means, ...parts }, samples, zeroNetwork };
  },
  summarise: lossText,
  warnings: lossWarnings,
};
