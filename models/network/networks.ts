/** The networks: a new one is a file of its own and a line here. */
import { type Registry, registry } from "../registry.ts";
import { denoiser } from "./denoiser.ts";
import { layered } from "./layered.ts";
import type { Network } from "./network.ts";
import { toyModel } from "./toy_model.ts";

/**
 * The networks that come with the project; their types make the type of `model` in an experiment.
 * See {@linkcode activations}.
 */
export const ownNetworks = { denoiser, layered, "toy-model": toyModel };

/** Names, as in `model.name`, and what they stand for. See {@linkcode activations}. */
export const networks: Registry<Network> = registry<Network>("network", ownNetworks);
