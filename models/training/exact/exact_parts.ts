/** All supports of an experiment, in the parts that are the cheapest to sum. */
import { UsageError } from "../../errors.ts";
import type { Config } from "../../experiment/config.ts";
import type { Weights } from "../../network/network_weights.ts";
import { pairParts, singleParts } from "./harmonic_parts.ts";
import { selectHarmonics } from "./harmonic_selection.ts";
import { type ExactQuantity, exactWay } from "./exact_cost.ts";
import {
  exactDefaults,
  exactObstacle,
  type ExactOptions,
  harmonicsObstacle,
  type PartGroup,
  supportGroups,
} from "./exact_means.ts";
import { supportsOf } from "./exact_supports.ts";

/**
 * The parts that an exact mean is the sum of.
 *
 * @param weights decide which harmonics count, unless `selectedAt` does
 * @throws {UsageError} for what `exactObstacle` says, or for a way that the experiment does not have
 */
export function exactParts(
  config: Config,
  weights: Pick<Weights, "encoder" | "decoder">,
  quantity: ExactQuantity,
  options: ExactOptions,
): PartGroup[] {
  const obstacle = exactObstacle(config);
  if (obstacle !== undefined) throw new UsageError(obstacle);
  if (exactWay(config, quantity, options) === "supports") return supportGroups(config, supportsOf(config));
  const unfit = harmonicsObstacle(config);
  if (unfit !== undefined) throw new UsageError(unfit);
  const { tolerance = exactDefaults.tolerance, precision = "float32", selectedAt = weights } = options;
  const selection = selectHarmonics(config, selectedAt, tolerance);
  return [
    ...singleParts(config, selection, precision),
    ...pairParts(config, selection.sines, selection.pairs, precision, tolerance),
  ];
}
