/** What the network costs on samples it has not seen, in numbers. */
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import { heldOutLoss } from "../../models/training/evaluation.ts";
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

/** The objective of a network that returns zero for every input: λ·k for the rebalanced loss, ln d for the softmax. */
export async function zeroNetworkObjective(config: Config, device: Device): Promise<number> {
  const { features } = config.model;
  const silent = new Float32Array(features);
  const { objective } = await heldOutLoss(
    config,
    { features, hidden: 1, encoder: silent, decoder: silent },
    { samples: 1, device },
  );
  return objective;
}
