/** How long a sweep will take, measured before any of it runs. */
import { least } from "d3-array";
import { FailureError } from "../../models/errors.ts";
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import { runPool } from "./worker_pool.ts";
import type { PlannedPoint, SweepWork } from "./sweep_work.ts";

/** Options of `planSweep`. */
export interface PlanOptions {
  readonly device: Device;
  readonly workers: number;
  readonly signal: AbortSignal;
}

/** Seconds of each point that is left. */
export type PointSeconds = ReadonlyMap<PlannedPoint, number>;

/** The most experiments that are timed: of a sweep over many sizes the others follow from the nearest. */
const mostProbes = 12;

/**
 * Times a few steps of the points and what they measure, as many at a time as will run at a time.
 *
 * Points of one size take one time; of more sizes than are timed, the others are scaled by the operations of a step.
 *
 * @throws {FailureError} if a point cannot be timed, with the reason
 */
export async function planSweep({ sweep, left }: SweepWork, options: PlanOptions): Promise<PointSeconds> {
  const sizes = new Map<string, PlannedPoint>();
  for (const point of left) if (!sizes.has(sizeOf(point))) sizes.set(sizeOf(point), point);
  // From the largest to the smallest, which `left` goes by too.
  const all = [...sizes.values()];
  const stride = Math.max(1, (all.length - 1) / (mostProbes - 1));
  const probed = [
    ...new Set(Array.from({ length: Math.min(mostProbes, all.length) }, (_, index) => {
      return all[Math.min(all.length - 1, Math.round(index * stride))];
    })),
  ];
  const seconds = new Map<PlannedPoint, number>();
  const tasks = probed.map((point) => ({ point, memory: point.memory, request: { probe: point } }));
  await runPool<typeof tasks[number]>(tasks, {
    ...options,
    threads: sweep.threads,
    memory: Infinity,
    onOutcome({ point }, _place, outcome) {
      if ("seconds" in outcome) seconds.set(point, outcome.seconds);
      if ("failed" in outcome) throw new FailureError(`${point.config.name} cannot be timed: ${outcome.failed}`);
    },
  });
  return new Map(left.map((point) => {
    const nearest = probed.find((other) => sizeOf(other) === sizeOf(point)) ??
      least(probed, ({ weight }) => Math.abs(Math.log(weight / point.weight)))!;
    return [point, (seconds.get(nearest) ?? NaN) * point.weight / nearest.weight];
  }));
}

/** What a point's time depends on. */
function sizeOf({ config, keys }: PlannedPoint): string {
  const { model, task, loss, optimizer, training: { batch, supportsPerNoise, steps, chunk } }: Config = config;
  const { noiseVariance: _, ...sampling } = task;
  const names = [loss.name, optimizer.name];
  return JSON.stringify([model, sampling, names, batch, supportsPerNoise, steps, chunk, keys]);
}

/** The wall time of points that take so long, one after another wherever a worker is free. */
export function wallSeconds(seconds: Iterable<number>, workers: number): number {
  const busy = new Array<number>(workers).fill(0);
  for (const time of seconds) busy[busy.indexOf(Math.min(...busy))] += time;
  return Math.max(...busy);
}
