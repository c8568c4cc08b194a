/** The sources of samples: a new one is a file of its own and a line here. */
import { type Registry, registry } from "../registry.ts";
import { boolean } from "./boolean.ts";
import type { DataSource } from "./data_source.ts";
import { finite } from "./finite_data.ts";
import { independent } from "./independent.ts";
import { kHot } from "./k_hot.ts";
import { typed } from "./typed/typed.ts";

/**
 * The sources that come with the project; their types make the type of `task` in an experiment.
 * See {@linkcode activations}.
 */
export const ownDataSources = { "k-hot": kHot, typed, finite, boolean, independent };

/** Names, as in `task.name`, and what they stand for. See {@linkcode activations}. */
export const dataSources: Registry<DataSource> = registry<DataSource>("data source", ownDataSources);
