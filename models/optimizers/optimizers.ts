/** The optimisers: a new one is a file of its own and a line here. */
import { type Registry, registry } from "../registry.ts";
import { adam } from "./adam.ts";
import { langevin } from "./langevin.ts";
import { localizedLangevin } from "./localized_langevin.ts";
import type { Optimizer } from "./optimizer.ts";
import { sgd } from "./sgd.ts";

/**
 * The optimisers that come with the project; their types make the type of `optimizer` in an experiment.
 * See {@linkcode activations}.
 */
export const ownOptimizers = { adam, sgd, langevin, "localized-langevin": localizedLangevin };

/** Names, as in `optimizer.name`, and what they stand for. See {@linkcode activations}. */
export const optimizers: Registry<Optimizer> = registry<Optimizer>("optimizer", ownOptimizers);
