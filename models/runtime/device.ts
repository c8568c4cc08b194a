/** Where a model runs. */
import type { InferenceSession } from "onnxruntime-node";

/** A place that ONNX Runtime can compute on. */
export type Device = "cpu" | "cuda";

/** What ONNX Runtime is asked for on a device. The CPU stands behind CUDA for the trip count of the Loop only. */
export function executionProviders(device: Device): InferenceSession.ExecutionProviderConfig[] {
  return device === "cpu" ? ["cpu"] : [{ name: "cuda" }, "cpu"];
}
