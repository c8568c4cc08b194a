/** Where a model runs. */
import type { InferenceSession } from "onnxruntime-node";
import { FailureError, UsageError } from "../errors.ts";
import { prepareCuda } from "./cuda/prepare.ts";

/** A place that ONNX Runtime can compute on. */
export type Device = "cpu" | "cuda";

/**
 * What ONNX Runtime is asked for on a device. The CPU stands behind CUDA for the Loop's trip count only; where every
 * node ran is read from a profile, see `placement.ts`.
 *
 * @throws {FailureError} if the CUDA provider, its libraries or the driver are missing
 */
export function executionProviders(device: Device): InferenceSession.ExecutionProviderConfig[] {
  if (device === "cpu") return ["cpu"];
  prepareCuda();
  return [{ name: "cuda" }, "cpu"];
}

/**
 * The device that a user asked for. `auto` takes CUDA where its provider, libraries and driver can be loaded, and says
 * what it took and why; `cuda` never falls back.
 *
 * @param report told what `auto` took
 * @throws {UsageError} if there is no such device
 * @throws {FailureError} if `cuda` was asked for and cannot be had
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { chooseDevice } from "./device.ts";
 * const device = chooseDevice("auto", console.log); // says why, as "device: cpu (no cuda: …)"
 * assertEquals(["cpu", "cuda"].includes(device), true);
 * ```
 */
export function chooseDevice(wanted: string, report: (choice: string) => void): Device {
  if (wanted === "cpu") return "cpu";
  if (wanted === "cuda") {
    prepareCuda();
    return "cuda";
  }
  if (wanted !== "auto") throw new UsageError(`There is no device "${wanted}"; choose auto, cpu or cuda.`);
  try {
    prepareCuda();
    report("device: cuda");
    return "cuda";
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    report(`device: cpu (no cuda: ${error.message})`);
    return "cpu";
  }
}
