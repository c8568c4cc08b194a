/** The schedules of the learning rate: a new one is a file of its own and a line here. */
import { type Registry, registry } from "../registry.ts";
import { constant } from "./constant.ts";
import type { Schedule } from "./schedule.ts";
import { warmupCosine } from "./warmup_cosine.ts";

/**
 * The schedules that come with the project; their types make the type of `schedule` in an experiment.
 * See {@linkcode activations}.
 */
export const ownSchedules = { "warmup-cosine": warmupCosine, constant };

/** Names, as in `schedule.name`, and what they stand for. See {@linkcode activations}. */
export const schedules: Registry<Schedule> = registry<Schedule>("schedule", ownSchedules);
