/** What the measurements were made on. */
import { cpus, totalmem } from "node:os";
import { currentVersions } from "../../models/run/versions.ts";
import type { Device } from "../../models/runtime/device.ts";
import { torchVersions } from "./pytorch/peer.ts";

/** A machine and what runs on it. */
export interface Machine {
  readonly device: Device;
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  /** Of Pinfield, Deno, ONNX Runtime and, where python3 has it, PyTorch and Python. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Describes this machine. */
export async function describeMachine(device: Device): Promise<Machine> {
  return {
    device,
    processor: cpus()[0]?.model ?? "unknown",
    cores: navigator.hardwareConcurrency,
    memoryBytes: totalmem(),
    system: `${Deno.build.os} ${Deno.build.arch}`,
    versions: { ...currentVersions(), ...await torchVersions() },
  };
}

/** A machine in a line. */
export function machineLine({ device, processor, cores, memoryBytes, system, versions }: Machine): string {
  const memory = `${Math.round(memoryBytes / 2 ** 30)} GiB`;
  const made = Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(", ");
  return `${processor}, ${cores} cores, ${memory}, ${system}, device ${device}; ${made}.`;
}
