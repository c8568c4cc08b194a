/** What the network costs on samples it has not seen, in numbers. */
import { heldOutLoss } from "../../models/training/evaluation.ts";
import { zeroNetworkObjective } from "./dead_network.ts";
import type { Subject } from "../report/section.ts";

/** Key `loss` of `analysis.json`. */
export interface LossData {
  /** Means over fresh samples; `standardError` is that of `objective`. Parts of the loss stand beside by name. */
  readonly heldOut:
    & { readonly objective: number; readonly standardError: number; readonly data: number }
    & Readonly<
      Record<string, number>
    >;
  /** How many fresh samples. */
  readonly samples: number;
  /** A network that returns zero for every input. Absent from runs measured before it was kept. */
  readonly zeroNetwork?: { readonly objective: number };
}

/** Measures the objective and its parts on fresh samples. */
export async function measureLoss(
  { config, weights, device }: Pick<Subject, "config" | "weights" | "device">,
): Promise<LossData> {
  const { parts, samples, ...means } = await heldOutLoss(config, weights, { device });
  const zeroNetwork = { objective: await zeroNetworkObjective(config, device) };
  return { heldOut: { ...means, ...parts }, samples, zeroNetwork };
}
