/** Where a model runs. */
import type { InferenceSession } from "onnxruntime-node";
import { UsageError } from "../errors.ts";

/** A place that ONNX Runtime can compute on. */
export type Device = "cpu" | "cuda";

/** What ONNX Runtime is asked for on a device. The CPU stands behind CUDA for the trip count of the Loop only. */
export function executionProviders(device: Device): InferenceSession.ExecutionProviderConfig[] {
  return device === "cpu" ? ["cpu"] : [{ name: "cuda" }, "cpu"];
}

/**
 * The device that a user asked for. `auto` takes CUDA where it works and says what it took; `cuda` never falls back.
 *
 * @param report told what `auto` took
 * @throws {UsageError} if there is no such device
 */
export function chooseDevice(wanted: string, report: (choice: string) => void): Device {
  if (wanted === "auto") report("device: cpu");
  if (wanted === "cpu" || wanted === "cuda") return wanted;
  if (wanted === "auto") return "cpu";
  throw new UsageError(`--device must be auto, cpu or cuda, got "${wanted}".`);
}
