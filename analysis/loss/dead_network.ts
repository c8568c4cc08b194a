/** Whether a training has led anywhere. */
import { equalWithin } from "../report/thresholds.ts";
import type { LossData } from "./held_out.ts";

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
