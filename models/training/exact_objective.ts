/** The objective on infinite data: the mean over all supports of one or two features, with the noise averaged. */
import type { Config } from "../experiment/config.ts";
import type { Weights } from "../network/weights.ts";
import { type HeldOutLoss, penaltiesOf } from "./evaluation.ts";
import { exactDefaults, exactMeans, type ExactOptions } from "./exact_means.ts";
import { type SupportBatches, supportsIn, supportsOf } from "./exact_supports.ts";
import { averagedObjectiveOf } from "./objective.ts";

/** The objective without sampling error. */
export interface ExactObjective extends Omit<HeldOutLoss, "standardError" | "samples"> {
  /** How many supports it is the mean over: all that there are. */
  readonly supports: number;
  /** What two orders of Mehler's expansion more and twice as many nodes change: measured on some of the supports. */
  readonly closedFormError: number;
}

/** The error of the closed form, relative to the loss, at which no higher order is tried, and the last one that is. */
const [smallError, lastOrder] = [2e-4, 7];

/**
 * The objective of given weights on infinite data.
 *
 * Unless an order of Mehler's expansion is asked for, it is raised until the next two change next to nothing (even and odd orders differ): neurons that
 * serve one feature alone hear the same noise, and need more of it than others.
 *
 * @param config the experiment; its noise, support and loss are used, its training is not
 * @throws {UsageError} for what `exactObstacle` says: a loss without an average in closed form, more than 2 features on
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { exactObjective, parseConfig } from "../../mod.ts";
 * const config = parseConfig({ name: "tiny", model: { features: 4, hidden: 2 }, training: { steps: 1 } }, "example");
 * const silent = { encoder: new Float32Array(8), decoder: new Float32Array(8) };
 * const { objective, supports } = await exactObjective(config, silent);
 * assertEquals([objective, supports], [32, 6]);
 * ```
 */
export async function exactObjective(
  config: Config,
  weights: Pick<Weights, "encoder" | "decoder">,
  options: ExactOptions = {},
): Promise<ExactObjective> {
  const supports = supportsOf(config);
  let { mehlerOrder = exactDefaults.mehlerOrder } = options;
  const errorAt = (order: number) => closedFormError(config, weights, supports, { ...options, mehlerOrder: order });
  let { change, loss } = await errorAt(mehlerOrder);
  while (options.mehlerOrder === undefined && change > smallError * loss && mehlerOrder < lastOrder) {
    ({ change, loss } = await errorAt(++mehlerOrder));
  }
  const { data, ...parts } = await meanLoss(config, weights, supports, { ...options, mehlerOrder });
  const penalties = penaltiesOf(config, weights);
  return {
    objective: data + penalties.decoderPenalty + penalties.encoderPenalty,
    data,
    parts,
    ...penalties,
    supports: supports.reduce((sum, batches) => sum + supportsIn(batches), 0),
    closedFormError: change,
  };
}

/** The change of the mean over the supports of one batch, and that mean. */
async function closedFormError(
  config: Config,
  weights: Pick<Weights, "encoder" | "decoder">,
  [{ distances, ...batches }]: readonly SupportBatches[],
  options: ExactOptions,
): Promise<{ change: number; loss: number }> {
  const { mehlerOrder = exactDefaults.mehlerOrder, nodes = exactDefaults.nodes } = options;
  const some = [{ distances: distances.slice(0, 1), ...batches }];
  const rough = await meanLoss(config, weights, some, options);
  const fine = await meanLoss(config, weights, some, {
    ...options,
    mehlerOrder: mehlerOrder + 2,
    nodes: 2 * nodes + 1,
  });
  return { change: Math.abs(fine.data - rough.data), loss: fine.data };
}

async function meanLoss(
  config: Config,
  { encoder, decoder }: Pick<Weights, "encoder" | "decoder">,
  supports: readonly SupportBatches[],
  options: ExactOptions,
): Promise<{ data: number; [part: string]: number }> {
  const { data, ...parts } = await exactMeans<string>(config, supports, {
    name: "exact-objective",
    matrices: { encoder, decoder },
    write(config, parameters, batch) {
      const { objective: _, ...means } = averagedObjectiveOf(config, parameters, batch);
      return means;
    },
  }, options);
  return { ...Object.fromEntries(Object.entries(parts).map(([name, [mean]]) => [name, mean])), data: data[0] };
}
