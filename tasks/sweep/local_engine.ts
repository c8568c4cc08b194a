/** A sweep on this machine, in worker processes. */
import type { Device } from "../../models/runtime/device.ts";
import type { SweepDisplay } from "./sweep_display.ts";
import type { Outcome, Progress } from "./worker_messages.ts";
import { runPool } from "./worker_pool.ts";
import type { PlannedPoint, SweepWork } from "./sweep_work.ts";

/** Options of `runLocally`. */
export interface LocalOptions {
  readonly device: Device;
  /** Most processes at a time. */
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly display: SweepDisplay;
}

/** The share of a point that measuring takes, for what is shown. */
const measuringShare = 0.1;

/**
 * Trains and measures what is left of a sweep.
 *
 * @returns why points failed, by name
 */
export async function runLocally(
  { sweep, points, left }: SweepWork,
  { device, workers, signal, display }: LocalOptions,
): Promise<Map<string, string>> {
  const failures = new Map<string, string>();
  const parts = new Map<PlannedPoint, number>();
  const whole = left.reduce((sum, { weight }) => sum + weight, 0);
  const started = performance.now();
  let ended = points.length - left.length;
  const show = () => {
    const seconds = (performance.now() - started) / 1000;
    let done = 0;
    for (const [{ weight }, part] of parts) done += weight * part;
    const secondsLeft = done > 0 ? seconds * (whole - done) / done : NaN;
    display.show({ ended, points: points.length, failed: failures.size, seconds, secondsLeft });
  };
  const tasks = left.map((point) => ({
    point,
    memory: point.memory,
    request: { run: { config: point.config, keys: point.keys, path: point.path, keep: sweep.keep } },
  }));
  type Task = typeof tasks[number];
  await runPool<Task>(tasks, {
    device,
    workers,
    signal,
    threads: sweep.threads,
    memory: device === "cpu" ? Deno.systemMemoryInfo().total : Infinity,
    onProgress({ point }, place, progress) {
      const part = partDone(progress);
      parts.set(point, Math.max(part, parts.get(point) ?? 0));
      display.worker(place, point.config.name, part, stageOf(progress));
      show();
    },
    onOutcome({ point: { config: { name }, ...point } }, _place, outcome: Outcome) {
      if ("stopped" in outcome) return;
      ended++;
      parts.set(left.find(({ path }) => path === point.path)!, 1);
      if ("failed" in outcome) {
        failures.set(name, outcome.failed);
        display.note(`${name} failed: ${outcome.failed}`);
      }
      show();
    },
  });
  return failures;
}

function partDone(progress?: Progress): number {
  if (progress === undefined) return 0;
  return (1 - measuringShare) * ("step" in progress ? progress.step / progress.steps : 1);
}

function stageOf(progress?: Progress): string {
  if (progress === undefined) return "";
  return "step" in progress ? `step ${progress.step}/${progress.steps}` : progress.section;
}
