/** What it costs to go through all supports, known before it begins. */
import type { Config } from "../experiment/config.ts";
import type { Device } from "../runtime/device.ts";
import { exactDefaults, exactObstacle, type ExactOptions } from "./exact_means.ts";
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
 * The cost of going through all supports once, in floating-point operations of matrix products: what else there is to do
 * counts as the products that take as long. Divided by the rate of a CPU's products it is the time, within a third or so.
 *
 * Two cores at 150 GFLOP/s together needed, in seconds of both:
 *
 * | experiment | objective | gradient | Hessian product |
 * | ---------- | --------- | -------- | --------------- |
 * | quick      | 0.4       | 0.8      | 1.6             |
 * | laptop     | 4.7       | 7.1      | 18.6            |
 */
export function exactCost(
  config: Config,
  quantity: ExactQuantity,
  { mehlerOrder = exactDefaults.mehlerOrder, nodes = exactDefaults.nodes }: ExactOptions = {},
): number {
  const { model: { hidden }, task: { activeFeatures } } = config;
  const samples = supportsOf(config).reduce((sum, batches) => sum + supportsIn(batches), 0);
  const products = 2 * samples * hidden ** 2 * (1 + mehlerOrder * (1 + activeFeatures));
  return work[quantity].products * products + work[quantity].node * samples * hidden * nodes;
}

/** The largest cost that a measurement may take along: some 15 seconds on two cores, or on a GPU. */
const affordableCost: Readonly<Record<Device, number>> = { cpu: 2.2e12, cuda: 2e14 };

/** Whether there is an exact objective, at a cost of seconds. */
export function isExactAffordable(config: Config, device: Device): boolean {
  return exactObstacle(config) === undefined && exactCost(config, "objective") <= affordableCost[device];
}
