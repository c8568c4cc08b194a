/** What the matrix products of a training step cost, by formula. */
import type { Config } from "../../models/experiment/config.ts";
import { matrixProductCost, stepProductCost } from "../../models/training/objective.ts";
import type { Contender } from "./contenders.ts";

/**
 * Floating-point operations of a step's matrix products, forwards and backwards, a multiplication and an addition each: of
 * the form that Pinfield chooses, and of the dense form for PyTorch's sampled noise.
 */
export function productOperations({ runtime }: Pick<Contender, "runtime">, config: Config): number {
  if (runtime === "pinfield" || config.task.noise === "averaged") return stepProductCost(config);
  const { batch } = config.training;
  return matrixProductCost("dense", { ...config.model, batch, vectors: batch });
}
