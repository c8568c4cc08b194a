/** What some formulas need of an experiment, or a sentence why they cannot take it. */
import { UsageError } from "../errors.ts";
import type { RebalancedOptions } from "../losses/rebalanced_loss.ts";
import { activations } from "../network/activations/activations.ts";
import type { Activation } from "../network/activations/activation.ts";
import type { Config } from "./config.ts";

/**
 * The options of the rebalanced loss.
 *
 * @param what needs it, such as "the optimal decoder"
 * @throws {UsageError} if the experiment has another loss
 */
export function rebalancedLoss({ loss }: Pick<Config, "loss">, what: string): RebalancedOptions {
  if (loss.name === "rebalanced") return loss;
  throw new UsageError(`loss.name: ${what} is known for the rebalanced loss only, not for ${loss.name}.`);
}

/** Whether the samples are those of the k-hot task, which formulas and analyses draw by themselves. */
export function isKHot({ task }: { readonly task: { readonly name: string } }): boolean {
  return task.name === "k-hot";
}

/**
 * Refuses samples of another source.
 *
 * @param what draws k-hot samples by itself
 * @throws {UsageError} if the experiment trains on others
 */
export function requireKHot(config: Pick<Config, "task">, what: string): void {
  if (isKHot(config)) return;
  throw new UsageError(`task.name: ${what} is known for k-hot samples only, not for ${config.task.name}.`);
}

/**
 * The activation, if it is odd.
 *
 * @param what needs it
 * @throws {UsageError} if it is not
 */
export function oddActivation({ model }: Pick<Config, "model">, what: string): Activation {
  return activationThatIs("odd", model.activation, what);
}

/**
 * The activation, if it has no kink.
 *
 * @param what needs it
 * @throws {UsageError} if it has one
 */
export function smoothActivation({ model }: Pick<Config, "model">, what: string): Activation {
  return activationThatIs("smooth", model.activation, what);
}

/** Where a bounded activation is level, and how level. */
const level = { from: 7, to: 9, within: 1e-3 } as const;

/** φ of one number, if φ is odd and bounded; undefined if it is not, or if its value is not known. */
export function oddBoundedValue({ model }: Pick<Config, "model">): ((z: number) => number) | undefined {
  const { odd, value } = activations.get(model.activation);
  if (!odd || value === undefined) return undefined;
  return Math.abs(value(level.to) - value(level.from)) < level.within ? value : undefined;
}

function activationThatIs(property: "odd" | "smooth", name: string, what: string): Activation {
  const activation = activations.get(name);
  if (activation[property]) return activation;
  const fitting = activations.names().filter((other) => activations.get(other)[property]);
  throw new UsageError(
    `model.activation: ${what} needs ${property === "odd" ? "an odd" : "a smooth"} one (${fitting.join(", ")}), ` +
      `not ${name}.`,
  );
}
