/** What the network costs on samples it has not seen, in numbers. */
import { UsageError } from "../../models/errors.ts";
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import { heldOutLoss } from "../../models/training/evaluation.ts";
import { isExactAffordable } from "../../models/training/exact/exact_cost.ts";
import { exactObjective } from "../../models/training/exact/exact_objective.ts";
import { parametersOf } from "../../models/training/training_state.ts";
import type { ParameterArrays } from "../../models/network/network_weights.ts";
import { isDenoiser } from "../report/denoiser_weights.ts";
import type { NetworkSubject } from "../report/section.ts";
import { equalWithin } from "../report/thresholds.ts";

/** Means over all supports, with the noise averaged in closed form: the loss on infinite data. Parts stand beside by name. */
export type ExactLoss =
  & {
    /** data + penalties. */
    readonly objective: number;
    /** The loss without penalties. */
    readonly data: number;
    /** How many there are. */
    readonly supports: number;
    /** What more terms and nodes in the average over the noise change. */
    readonly closedFormError: number;
  }
  & Readonly<Record<string, number>>;

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
  /** Null where it would take long or is not known; absent from runs measured before it was kept. */
  readonly exact?: ExactLoss | null;
  /** A network that returns zero for every input. Absent from runs measured before it was kept. */
  readonly zeroNetwork?: { readonly objective: number };
}

/** Measures the objective and its parts on fresh samples and, where that takes seconds, on all supports. */
export async function measureLoss(
  { config, parameters, device }: Pick<NetworkSubject, "config" | "parameters" | "device">,
): Promise<LossData> {
  const { parts, samples, ...means } = await heldOutLoss(config, parameters, { device });
  const exact = isDenoiser(config) && isExactAffordable(config, device)
    ? await exactLoss(config, parameters, device).catch(unknown)
    : null;
  const zeroNetwork = { objective: await zeroNetworkObjective(config, device) };
  return { heldOut: { ...means, ...parts }, samples, exact, zeroNetwork };
}

/** Where z goes farther than the closed form does, the exact loss is not known. */
function unknown(error: unknown): null {
  if (error instanceof UsageError) return null;
  throw error;
}

async function exactLoss(config: Config, { encoder, decoder }: ParameterArrays, device: Device): Promise<ExactLoss> {
  const { parts, ...means } = await exactObjective(config, { encoder, decoder }, { device });
  return { ...means, ...parts };
}

/** How far the sampled objective is from the exact one, in its standard errors, and whether that can be chance. */
export function agreementWithExact(
  { heldOut: { objective, standardError } }: Pick<LossData, "heldOut">,
  exact: ExactLoss,
): { readonly errors: number; readonly agrees: boolean } {
  const distance = Math.abs(objective - exact.objective);
  const error = Math.max(equalWithin.errors * standardError, equalWithin.rounding * exact.objective);
  return { errors: distance / standardError, agrees: distance <= error + exact.closedFormError };
}

/** The objective of a network that returns zero for every input: λ·k for the rebalanced loss, ln d for the softmax. */
export async function zeroNetworkObjective(config: Config, device: Device): Promise<number> {
  // One neuron a layer is enough to be silent.
  const silent = { ...config, model: { ...config.model, hidden: 1 } };
  const parameters = Object.entries(parametersOf(silent)).map(([name, { shape }]) => [
    name,
    new Float32Array(shape[0] * shape[1]),
  ]);
  const { objective } = await heldOutLoss(silent, Object.fromEntries(parameters), { samples: 1, device });
  return objective;
}
