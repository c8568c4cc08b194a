import { FailureError } from "../../../models/errors.ts";
import { prepareCuda } from "../../../models/runtime/cuda/prepare.ts";

/** Whether this machine can train on a GPU. */
export function hasCuda(): boolean {
  try {
    prepareCuda();
    return true;
  } catch (error) {
    if (error instanceof FailureError) return false;
    throw error;
  }
}
