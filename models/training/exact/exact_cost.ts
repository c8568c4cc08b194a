/** What an average over all supports costs, known before it begins, and which way to it costs less. */
import type { Config } from "../../experiment/config.ts";
import type { Device } from "../../runtime/device.ts";
import { powersNeeded } from "./subset_averages.ts";
import {
  exactDefaults,
  exactObstacle,
  type ExactOptions,
  type ExactWay,
  harmonicsObstacle,
  supportsObstacle,
} from "./exact_means.ts";
import { supportsIn, supportsOf } from "./exact_supports.ts";

/** What can be computed of all supports. */
export type ExactQuantity = "objective" | "gradient" | "hessianProduct";

/** Matrix products in units of the objective's, and operations of a product that take as long as one node of one neuron. */
const work: Readonly<Record<ExactQuantity, { readonly products: number; readonly node: number }>> = {
  objective: { products: 1, node: 1000 },
  gradient: { products: 2, node: 1400 },
  hessianProduct: { products: 5, node: 3600 },
};

/**
 * The cost of a mean over all supports by the way that `exactWay` chooses, in floating-point operations of matrix products:
 * what else there is to do counts as the products that take as long. Divided by the rate of a CPU's products it is the
 * time, within a third or so.
 */
export function exactCost(config: Config, quantity: ExactQuantity, options: ExactOptions = {}): number {
  return exactWay(config, quantity, options) === "supports"
    ? supportsCost(config, quantity, options)
    : harmonicsCost(config, quantity);
}

/** The way that is asked for, or else the cheaper one. */
export function exactWay(config: Config, quantity: ExactQuantity, options: ExactOptions = {}): ExactWay {
  const { by, mehlerOrder, nodes } = options;
  if (by !== undefined) return by;
  if (supportsObstacle(config) !== undefined) return "harmonics";
  if (mehlerOrder !== undefined || nodes !== undefined || harmonicsObstacle(config) !== undefined) return "supports";
  return supportsCost(config, quantity, options) <= harmonicsCost(config, quantity) ? "supports" : "harmonics";
}

/**
 * The cost of going through all supports once.
 *
 * Two cores at 150 GFLOP/s together needed, in seconds of both:
 *
 * | experiment | objective | gradient | Hessian product |
 * | ---------- | --------- | -------- | --------------- |
 * | quick      | 0.4       | 0.8      | 1.6             |
 * | laptop     | 4.7       | 7.1      | 18.6            |
 */
function supportsCost(
  config: Config,
  quantity: ExactQuantity,
  { mehlerOrder = exactDefaults.mehlerOrder, nodes = exactDefaults.nodes }: ExactOptions,
): number {
  const { model: { hidden }, task: { activeFeatures } } = config;
  const samples = supportsOf(config).reduce((sum, batches) => sum + supportsIn(batches), 0);
  const products = 2 * samples * hidden ** 2 * (1 + mehlerOrder * (1 + activeFeatures));
  return work[quantity].products * products + work[quantity].node * samples * hidden * nodes;
}

/** Pairs of harmonics that count at the default tolerance: some 45 at the weights of `quick`. */
const usualPairs = 45;

/** The cost of all pairs of harmonics. It does not depend on how many supports there are. */
function harmonicsCost({ model, task }: Config, quantity: ExactQuantity): number {
  const { features, hidden } = model;
  const powers = powersNeeded({ ...model, ...task });
  const matrices = 8 * powers - (powers === task.activeFeatures ? 4 : 0);
  const products = matrices * 2 * features * hidden ** 2;
  const rest = 60 * (powers * features * hidden + task.activeFeatures * powers * hidden ** 2);
  return harmonicWork[quantity] * usualPairs * (products + 10 * rest);
}

/** In units of the objective's. */
const harmonicWork: Readonly<Record<ExactQuantity, number>> = { objective: 1, gradient: 3, hessianProduct: 8 };

/** The largest cost that a measurement may take along: some 15 seconds on two cores, or on a GPU. */
const affordableCost: Readonly<Record<Device, number>> = { cpu: 2.2e12, cuda: 2e14 };

/** Whether there is an exact objective, at a cost of seconds. */
export function isExactAffordable(config: Config, device: Device): boolean {
  return exactObstacle(config) === undefined && exactCost(config, "objective") <= affordableCost[device];
}
