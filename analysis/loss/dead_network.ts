/** Whether a training has led anywhere. */
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import { heldOutLoss } from "../../models/training/evaluation.ts";
import { equalWithin } from "../report/thresholds.ts";
import type { LossData } from "./held_out.ts";

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

/**
 * Whether a network is dead: its held-out objective is not below that of the network that returns zero, within its error.
 * Training begins next to that network, as the first weights are small: one that is no better has learned nothing, or has
 * been thrown out of what it had learned.
 *
 * @returns false where the zero network was not measured
 */
export function isDead({ heldOut: { objective, standardError }, zeroNetwork }: LossData): boolean {
  if (zeroNetwork === undefined) return false;
  const error = Math.max(equalWithin.errors * standardError, equalWithin.rounding * zeroNetwork.objective);
  return objective > zeroNetwork.objective - error;
}
