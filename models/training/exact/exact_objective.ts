/** The objective on infinite data: the mean over all supports, with the noise averaged. */
import type { Config } from "../../experiment/config.ts";
import type { Weights } from "../../network/network_weights.ts";
import { type HeldOutLoss, penaltiesOf } from "../evaluation.ts";
import { pairParts, singleParts } from "./harmonic_parts.ts";
import { selectHarmonics } from "./harmonic_selection.ts";
import { exactWay } from "./exact_cost.ts";
import { exactDefaults, type ExactOptions, meansOver, type PartGroup, partLoss, supportGroups } from "./exact_means.ts";
import { exactParts } from "./exact_parts.ts";
import { type SupportBatches, supportCount, supportsOf } from "./exact_supports.ts";

/** The objective without sampling error. */
export interface ExactObjective extends Omit<HeldOutLoss, "standardError" | "samples"> {
  /** How many supports it is the mean over: all that there are. */
  readonly supports: number;
  /**
   * By supports, what two orders of Mehler's expansion more and twice as many nodes change, measured on some of them. By
   * harmonics, what those make that were left out, down to a thirtieth of the tolerance, and what a later fold does.
   */
  readonly closedFormError: number;
}

/** The error of the closed form, relative to the loss, at which nothing finer is tried. */
const smallError = 2e-4;
/** The last order and the least tolerance that are tried. */
const [lastOrder, leastTolerance] = [7, 1e-10];

/**
 * The objective of given weights on infinite data.
 *
 * By supports, unless an order of Mehler's expansion is asked for, it is raised until the next two change next to nothing (even and odd orders
 * differ): neurons that serve one feature alone hear the same noise, and need more of it than others. By harmonics the
 * tolerance is lowered in the same way, unless one is asked for.
 *
 * @param config the experiment; its noise, support and loss are used, its training is not
 * @throws {UsageError} for what `exactObstacle` says: a loss or an activation without an average in closed form
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseConfig } from "../../experiment/config.ts";
 * import { exactObjective } from "./exact_objective.ts";
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
  const way = exactWay(config, "objective", options) === "supports" ? bySupports : byHarmonics;
  const { means: { data, ...parts }, error } = await way(config, weights, options);
  const penalties = penaltiesOf(config, weights);
  return {
    objective: data + penalties.decoderPenalty + penalties.encoderPenalty,
    data,
    parts,
    ...penalties,
    supports: supportCount(config),
    closedFormError: error,
  };
}

type Means = { readonly data: number; readonly [part: string]: number };

type Way = (
  config: Config,
  weights: Pick<Weights, "encoder" | "decoder">,
  options: ExactOptions,
) => Promise<{ readonly means: Means; readonly error: number }>;

const bySupports: Way = async (config, weights, options) => {
  const parts = exactParts(config, weights, "objective", options);
  const supports = supportsOf(config);
  let { mehlerOrder = exactDefaults.mehlerOrder } = options;
  const errorAt = (order: number) => orderError(config, weights, supports, { ...options, mehlerOrder: order });
  let { change, loss } = await errorAt(mehlerOrder);
  while (options.mehlerOrder === undefined && change > smallError * loss && mehlerOrder < lastOrder) {
    ({ change, loss } = await errorAt(++mehlerOrder));
  }
  return { means: await meanLoss(config, weights, parts, { ...options, mehlerOrder }), error: change };
};

/** The change of the mean over the supports of one batch, and that mean. */
async function orderError(
  config: Config,
  weights: Pick<Weights, "encoder" | "decoder">,
  [{ distances, ...batches }]: readonly SupportBatches[],
  options: ExactOptions,
): Promise<{ change: number; loss: number }> {
  const { mehlerOrder = exactDefaults.mehlerOrder, nodes = exactDefaults.nodes } = options;
  const some = supportGroups(config, [{ distances: distances.slice(0, 1), ...batches }]);
  const rough = await meanLoss(config, weights, some, options);
  const fine = await meanLoss(config, weights, some, {
    ...options,
    mehlerOrder: mehlerOrder + 2,
    nodes: 2 * nodes + 1,
  });
  return { change: Math.abs(fine.data - rough.data), loss: fine.data };
}

/** How much smaller the tolerance is, and how much later φ is folded, by which the error is measured. */
const finer = { tolerance: 1 / 30, fold: 1 } as const;

const byHarmonics: Way = async (config, weights, options) => {
  let { tolerance = exactDefaults.tolerance, precision } = options;
  const at = async () => {
    const settings = { ...options, tolerance, precision };
    const parts = exactParts(config, weights, "objective", settings);
    const error = await harmonicError(config, weights, settings);
    return { means: await meanLoss(config, weights, parts, settings), error };
  };
  let found = await at();
  while (
    options.tolerance === undefined && found.error > smallError * found.means.data && tolerance > leastTolerance
  ) {
    // Slow sums come from neurons that hear the same noise. Their many pairs all but cancel, which single precision does not bear.
    [tolerance, precision] = [tolerance / 100, "float64"];
    found = await at();
  }
  return found;
};

/** What the pairs of harmonics make that are just below the tolerance, and what a later fold changes. */
async function harmonicError(
  config: Config,
  weights: Pick<Weights, "encoder" | "decoder">,
  options: ExactOptions & { readonly tolerance: number },
): Promise<number> {
  const { tolerance, precision = "float32" } = options;
  const [plain, fine, later] = [
    selectHarmonics(config, weights, tolerance),
    selectHarmonics(config, weights, finer.tolerance * tolerance),
    selectHarmonics(config, weights, finer.tolerance * tolerance, finer.fold),
  ];
  const leftOut = pairParts(config, fine.sines, fine.pairs.filter(({ weight }) => weight < tolerance), precision);
  const lossOf = async (groups: readonly PartGroup[]) =>
    groups.length === 0 ? 0 : (await meanLoss(config, weights, groups, options)).data;
  const folded = await lossOf(singleParts(config, later, precision));
  const change = folded - await lossOf(singleParts(config, plain, precision));
  return Math.abs(await lossOf(leftOut)) + Math.abs(change);
}

async function meanLoss(
  config: Config,
  { encoder, decoder }: Pick<Weights, "encoder" | "decoder">,
  groups: readonly PartGroup[],
  options: ExactOptions,
): Promise<Means> {
  const { data, ...parts } = await meansOver<string>(config, groups, {
    name: "exact-objective",
    matrices: { encoder, decoder },
    write: (config, { encoder, decoder }, part) => partLoss(config, { encoder, decoder }, part),
  }, options);
  return { ...Object.fromEntries(Object.entries(parts).map(([name, [mean]]) => [name, mean])), data: data[0] };
}
