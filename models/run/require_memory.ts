/** Refuses a training that cannot fit, before anything of it is written. */
import { UsageError } from "../errors.ts";
import type { Config } from "../experiment/config.ts";
import { readDriver } from "../runtime/cuda/driver.ts";
import type { Device } from "../runtime/device.ts";
import { type MemoryEstimate, trainingMemory } from "../training/memory_estimate.ts";
import { followedPairs } from "./snapshots.ts";

/** The keys of an experiment that decide over each part of the memory. */
const remedies: Readonly<Record<Exclude<keyof MemoryEstimate, "total" | "program">, string>> = {
  weights: "model.features or model.hidden",
  batch: "training.batch",
  record: "training.chunk",
};

/**
 * Checks that a training fits into the memory of the device: all that the machine has, whoever else is using it.
 *
 * @param available bytes that there are; the device's by default, infinite where the script may not ask
 * @throws {UsageError} if it does not, with what it needs, what there is and what to change
 */
export function requireMemory(config: Config, device: Device, available: number = memoryOf(device)): void {
  const { total, ...parts } = trainingMemory(config, followedPairs(config));
  if (total <= available) return;
  const names = Object.keys(remedies) as (keyof typeof remedies)[];
  const largest = names.reduce((most, name) => parts[name] > parts[most] ? name : most);
  const owner = device === "cuda" ? "the GPU" : "this machine";
  throw new UsageError(
    `${config.name} needs about ${gibibytes(total)} of memory to train and ${owner} has ${gibibytes(available)}; ` +
      `lower ${remedies[largest]}.`,
  );
}

function memoryOf(device: Device): number {
  if (device === "cuda") return readDriver().gpus[0].memory;
  // Only asked where the answer is allowed: a script of one's own may not have the permission.
  const { state } = Deno.permissions.querySync({ name: "sys", kind: "systemMemoryInfo" });
  return state === "granted" ? Deno.systemMemoryInfo().total : Infinity;
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toLocaleString("en", { maximumSignificantDigits: 3 })} GiB`;
}
