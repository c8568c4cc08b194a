/** How long the study will take. */
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import { train } from "../../models/training/trainer.ts";
import { sections } from "../report/sections.ts";
import type { RemainingWork } from "./study.ts";

/** Expected seconds of what is left of a work. */
export interface ExpectedTime {
  readonly training: number;
  /** Without sections that take seconds. */
  readonly measuring: number;
}

/** Steps that are timed. */
const probeSteps = 10;

/** Times a few steps of an experiment, and says how long what is left to train and measure will take at that pace. */
export async function expectedTime({ config, keys, steps }: RemainingWork, device: Device): Promise<ExpectedTime> {
  const measuring = keys.reduce((sum, key) => sum + (sections[key].trainingSteps?.(config, device) ?? 0), 0);
  const pace = steps + measuring > 0 ? await secondsAStep(config, device) : 0;
  return { training: pace * steps, measuring: pace * measuring };
}

async function secondsAStep(config: Config, device: Device): Promise<number> {
  const probe = { ...config, training: { ...config.training, steps: probeSteps, chunk: probeSteps } };
  let seconds = 0;
  for await (const chunk of train(probe, { device })) seconds += chunk.seconds.total;
  return seconds / probeSteps;
}
