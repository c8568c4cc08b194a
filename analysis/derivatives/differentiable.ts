/** Which networks the derivatives are known for. */
import type { Config } from "../../models/experiment/config.ts";
import { UsageError } from "../../models/errors.ts";
import { requireActivation } from "../../models/network/activation_requirements.ts";

/**
 * Refuses networks whose derivatives the formulas here do not give: the force of the noise is known for the rebalanced
 * loss, and with φ″ taken entry by entry a kink's share of it would be lost without a word.
 *
 * @throws {UsageError} for a loss other than `rebalanced` and for an activation with a kink
 */
export function requireDifferentiable({ loss, model }: Config): void {
  if (loss.name !== "rebalanced") {
    throw new UsageError(`loss.name: sampled derivatives are known for rebalanced only, not for ${loss.name}.`);
  }
  requireActivation("smooth", model.activation, "the sampled gradient or Hessian");
}
