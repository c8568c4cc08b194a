import type { Config } from "./config.ts";

/**
 * The learning rate of a step: a linear rise from 0 over the warm-up, then half a cosine down to 0.
 *
 * @param step counts from 1 to `training.steps`
 */
export function learningRateAt(step: number, { optimizer, training: { steps } }: Config): number {
  const { learningRate, warmup } = optimizer;
  const rising = warmup * steps;
  if (step <= rising) return learningRate * step / rising;
  const progress = (step - rising) / (steps - rising + 1);
  return learningRate * (1 + Math.cos(Math.PI * progress)) / 2;
}
