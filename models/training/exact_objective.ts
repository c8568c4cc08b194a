/** The objective on infinite data: the mean over all supports of one or two features, with the noise averaged. */
import type { Config } from "../experiment/config.ts";
import type { Weights } from "../network/weights.ts";
import { type HeldOutLoss, penaltiesOf } from "./evaluation.ts";
import { exactMeans, type ExactOptions } from "./exact_means.ts";
import { supportsIn, supportsOf } from "./exact_supports.ts";
import { averagedObjectiveOf } from "./objective.ts";

/** The objective without sampling error. */
export interface ExactObjective extends Omit<HeldOutLoss, "standardError" | "samples"> {
  /** How many supports it is the mean over: all that there are. */
  readonly supports: number;
}

/**
 * The objective of given weights on infinite data.
 *
 * @param config the experiment; its noise, support and loss are used, its training is not
 * @throws {UsageError} for what `exactObstacle` says: a loss without an average in closed form, more than 2 features on
 */
export async function exactObjective(
  config: Config,
  weights: Pick<Weights, "encoder" | "decoder">,
  options: ExactOptions = {},
): Promise<ExactObjective> {
  const supports = supportsOf(config);
  const { data, ...parts } = await exactMeans<string>(config, supports, {
    name: "exact-objective",
    matrices: { encoder: weights.encoder, decoder: weights.decoder },
    write(config, parameters, batch) {
      const { objective: _, ...means } = averagedObjectiveOf(config, parameters, batch);
      return means;
    },
  }, options);
  const penalties = penaltiesOf(config, weights);
  return {
    objective: data[0] + penalties.decoderPenalty + penalties.encoderPenalty,
    data: data[0],
    parts: Object.fromEntries(Object.entries(parts).map(([name, [mean]]) => [name, mean])),
    ...penalties,
    supports: supports.reduce((sum, batches) => sum + supportsIn(batches), 0),
  };
}
