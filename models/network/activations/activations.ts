/** The activation functions: a new one is a file of its own and a line here. */
import { type Registry, registry } from "../../registry.ts";
import type { Activation } from "./activation.ts";
import { gelu } from "./gelu.ts";
import { rectifier } from "./relu.ts";
import { hyperbolicTangent } from "./tanh.ts";
import { tanhCubed } from "./tanh_cubed.ts";

/**
 * Names, as in `model.activation`, and what they stand for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { dataSources, losses, networks, optimizers, schedules } from "../../../mod.ts";
 * import { ownDataSources, ownLosses, ownNetworks, ownOptimizers, ownSchedules } from "../../../mod.ts";
 * import { exp, multiply, negate, square } from "../../graph/mod.ts";
 * import { activations } from "./activations.ts";
 * activations.register("bump", { odd: true, smooth: true, apply: (z) => multiply(z, exp(negate(square(z)))) });
 * assertEquals(activations.names().includes("bump"), true); // `model.activation: bump` is now an experiment
 * // The tables of networks, losses, … take entries in the same way. Those that come with the project keep their types:
 * assertEquals(networks.get("denoiser") === ownNetworks.denoiser, true);
 * assertEquals(dataSources.get("k-hot") === ownDataSources["k-hot"], true);
 * assertEquals(losses.get("softmax") === ownLosses.softmax, true);
 * assertEquals(optimizers.get("adam") === ownOptimizers.adam, true);
 * assertEquals(schedules.get("constant") === ownSchedules.constant, true);
 * ```
 */
export const activations: Registry<Activation> = registry("activation", {
  "tanh-cubed": tanhCubed,
  tanh: hyperbolicTangent,
  relu: rectifier,
  gelu,
});
