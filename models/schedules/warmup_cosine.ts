import { z } from "zod";
import type { Schedule } from "./schedule.ts";

/** The options of the warm-up. */
export interface WarmupOptions {
  /** Fraction of the steps over which the learning rate rises linearly from 0. @default 0.05 */
  readonly warmup: number;
}

/** A linear rise from 0 over the warm-up, then half a cosine down to almost 0. */
export const warmupCosine: Schedule<WarmupOptions> = {
  options: z.strictObject({ warmup: z.number().min(0).max(1).default(0.05) }),
  rate(step, steps, peak, { warmup }) {
    const rising = warmup * steps;
    if (step <= rising) return peak * step / rising;
    const progress = (step - rising) / (steps - rising + 1);
    return peak * (1 + Math.cos(Math.PI * progress)) / 2;
  },
};
