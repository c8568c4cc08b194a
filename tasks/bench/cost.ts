/** What the matrix products of a training step cost, by formula. */
import type { Config } from "../../models/experiment/config.ts";
import { lossForm, matrixProductCost } from "../../models/training/objective.ts";
import type { Contender } from "./contenders.ts";

/**
 * Floating-point operations of a step's matrix products, forwards and backwards, a multiplication and an addition each.
 *
 * With averaged noise and k = 2: four products of d·h² (DᵀD and EᵀE, there and back) and eight of B·h² (mᵀGm, aᵀ(G∘R)a and
 * the variances on two features, there and back). PyTorch's sampled noise is in the dense form.
 */
export function productOperations({ runtime, method }: Pick<Contender, "runtime" | "method">, config: Config): number {
  const { model: { features, hidden }, training: { batch, supportsPerNoise } } = config;
  if (method === "averaged") return 8 * features * hidden ** 2 + 16 * batch * hidden ** 2;
  const vectors = batch / supportsPerNoise;
  const form = runtime === "pinfield" ? lossForm(config, { batch, vectors }) : "dense";
  return matrixProductCost(form, { features, hidden, batch, vectors });
}
