/** How a worker does what it is asked for, in a process of the pool or in a job of Slurm. */
import { runPoint } from "../../analysis/study/sweep/sweep_point_run.ts";
import { secondsOf } from "../../analysis/study/study_time_plan.ts";
import { PinfieldError } from "../../models/errors.ts";
import type { Device } from "../../models/runtime/device.ts";
import type { Job, Outcome, Progress, Request } from "./worker_messages.ts";

/** Options of `answer`. */
export interface AnswerOptions {
  readonly device: Device;
  /** Asks for a stop. */
  readonly signal: AbortSignal;
  /** Told how far a point is. @default nobody */
  readonly report?: (progress: Progress) => void;
}

/** Does what is asked for; whatever goes wrong is an outcome too. */
export async function answer(request: Request, options: AnswerOptions): Promise<Outcome> {
  try {
    if ("probe" in request) return { seconds: await secondsOf(request.probe, options.device) };
    return await run(request.run, options) ? { done: true } : { stopped: true };
  } catch (error) {
    // What nobody expected may be one point's too: it is reported with its place.
    if (!(error instanceof PinfieldError)) return { failed: error instanceof Error ? `${error.stack}` : `${error}` };
    // The same training would diverge again; any other reason may be gone another time.
    return {
      failed: error.message,
      ...(error.kind === "diverged" && { final: true }),
      ...(error.kind === "run-in-use" && { inUse: true }),
    };
  }
}

async function run({ path, keep, ...work }: Job, { device, signal, report }: AnswerOptions): Promise<boolean> {
  return await runPoint(work, path, {
    device,
    keep,
    signal,
    onProgress: ({ step, steps }) => report?.({ step, steps }),
    onSection: (section) => report?.({ section }),
  });
}
