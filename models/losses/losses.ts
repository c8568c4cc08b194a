/** The losses: a new one is a file of its own and a line here. */
import { type Registry, registry } from "../registry.ts";
import type { Loss } from "./loss.ts";
import { rebalanced } from "./rebalanced_loss.ts";
import { softmax } from "./softmax_loss.ts";

/**
 * The losses that come with the project; their types make the type of `loss` in an experiment.
 * See {@linkcode activations}.
 */
export const ownLosses = { rebalanced, softmax };

/** Names, as in `loss.name`, and what they stand for. See {@linkcode activations}. */
export const losses: Registry<Loss> = registry<Loss>("loss", ownLosses);
