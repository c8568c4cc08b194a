/** A step against what its matrix products and memory traffic need at the device's own rates. */
import { percent, significant } from "../../analysis/report/number_text.ts";
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import { profileTraining } from "../../models/training/placement.ts";
import {
  type DeviceRates,
  deviceRates,
  rooflineSeconds,
  type StepWork,
  stepWork,
} from "../../models/training/roofline.ts";

/** What a step needs and how fast the device is. */
export interface Roofline {
  readonly work: StepWork;
  readonly rates: DeviceRates;
}

/** Steps that are profiled. */
const profiledSteps = 20;

/** Profiles a short training and measures the device. */
export async function measureRoofline(config: Config, device: Device): Promise<Roofline> {
  const scratch = await Deno.makeTempDir({ prefix: "pinfield-bench-" });
  try {
    const training = { ...config.training, steps: profiledSteps, chunk: profiledSteps };
    const work = stepWork(await profileTraining({ ...config, training }, device, scratch));
    return { work, rates: await deviceRates(config.model, device) };
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

/** The measured time of a step beside the times of its products alone and of products and passes, one after another. */
export function rooflineLine(name: string, { work, rates }: Roofline, secondsAStep: number): string {
  const products = work.operations / rates.operationsPerSecond;
  const bound = rooflineSeconds(work, rates);
  return `${name}: ${significant(work.operations / 1e9)} GFLOP at ${
    significant(rates.operationsPerSecond / 1e9)
  } GFLOP/s need ${significant(1000 * products)} ms, with ${significant(work.bytes / 2 ** 20)} MiB of passes at ${
    significant(rates.bytesPerSecond / 2 ** 30)
  } GiB/s ${significant(1000 * bound)} ms; a step takes ${significant(1000 * secondsAStep)} ms, ${
    significant(secondsAStep / products)
  } times its products (${percent(bound / secondsAStep)} of the roofline).\n`;
}
