/** The two matrices that the analyses measure. */
import { UsageError } from "../../models/errors.ts";
import type { Config } from "../../models/experiment/config.ts";
import type { Weights } from "../../models/network/network_weights.ts";
import type { Run } from "../../models/run/run.ts";
import { parametersOf } from "../../models/training/training_state.ts";

/** Whether one encoder and one decoder are all that the network has: what everything that speaks of weight pairs measures. */
export function isDenoiser(config: Pick<Config, "model">): boolean {
  return Object.keys(parametersOf(config)).toSorted().join() === "decoder,encoder";
}

/**
 * The encoder and decoder of a run. See {@linkcode summary}.
 *
 * @param run a run that has been trained
 * @param config its experiment
 * @throws {UsageError} if the network has other parameters than one encoder and one decoder, or is not trained yet
 * @throws {FailureError} if the file of the weights is damaged
 */
export async function denoiserWeights(run: Run, config: Config): Promise<Weights> {
  if (isDenoiser(config)) return await run.readWeights();
  const names = Object.keys(parametersOf(config));
  throw new UsageError(
    `${run.path} holds a ${config.model.name} with the parameters ${
      names.join(", ")
    }; what is measured and drawn are ` +
      "networks of one encoder and one decoder.",
  );
}
