/** Worker processes that take points one after another, as many at a time as cores and memory allow. */
import type { Outcome, Progress, Request, WorkerSettings } from "./worker_messages.ts";
import { startWorker, type WorkerProcess } from "./worker_process.ts";

/** Something for a worker to do. */
export interface Task {
  readonly request: Request;
  /** Bytes that it needs at its peak. */
  readonly memory: number;
}

/** Options of `runPool`. */
export interface PoolOptions<Work extends Task> extends WorkerSettings {
  /** Most processes at a time. */
  readonly workers: number;
  /** Bytes that all tasks at a time may need; one task is always let run. */
  readonly memory: number;
  readonly signal: AbortSignal;
  /** Told when a task begins and while it runs. */
  readonly onProgress?: (task: Work, worker: number, progress?: Progress) => void;
  /** Told how a task ended. One that was stopped is told of too. */
  readonly onOutcome: (task: Work, worker: number, outcome: Outcome) => void;
}

/** How often a task is begun whose process ends under it, before it counts as failed. */
const attempts = 2;

/**
 * Runs tasks in worker processes. A task that fails, or whose process is killed, does not stop the others.
 *
 * @returns when all tasks have ended, or soon after the signal
 */
export async function runPool<Work extends Task>(tasks: readonly Work[], options: PoolOptions<Work>): Promise<void> {
  const { workers, memory, signal, onProgress, onOutcome } = options;
  const waiting = [...tasks];
  const running = new Set<Work>();
  const wake: (() => void)[] = [];
  const inUse = () => [...running].reduce((sum, task) => sum + task.memory, 0);

  /** The first task that fits beside those that run, when there is one; undefined when all have been taken. */
  async function nextTask(): Promise<Work | undefined> {
    while (waiting.length > 0 && !signal.aborted) {
      const free = memory - inUse();
      const place = running.size === 0 ? 0 : waiting.findIndex((task) => task.memory <= free);
      if (place >= 0) {
        const [task] = waiting.splice(place, 1);
        running.add(task);
        return task;
      }
      await new Promise<void>((resolve) => wake.push(resolve));
    }
  }

  async function work(place: number): Promise<void> {
    let worker: WorkerProcess | undefined;
    const stop = () => worker?.stop();
    signal.addEventListener("abort", stop);
    for (let task = await nextTask(); task !== undefined; task = await nextTask()) {
      const { request } = task;
      const own = task;
      onProgress?.(own, place);
      let outcome: Outcome | undefined;
      for (let attempt = 1; outcome === undefined; attempt++) {
        worker ??= startWorker(options);
        outcome = await worker.ask(request, (progress) => onProgress?.(own, place, progress));
        if (outcome !== undefined) break;
        await worker.stop();
        if (attempt === attempts) outcome = { failed: endOf(worker) };
        worker = undefined;
      }
      running.delete(task);
      onOutcome(task, place, outcome);
      wake.splice(0).forEach((resolve) => resolve());
    }
    await worker?.stop();
    signal.removeEventListener("abort", stop);
  }

  await Promise.all(Array.from({ length: Math.min(workers, tasks.length) }, (_, place) => work(place)));
}

function endOf(worker: WorkerProcess): string {
  const words = worker.lastWords().split("\n").at(-1);
  return `its process ended ${attempts} times${words ? `: ${words}` : ", as one that is killed for lack of memory"}.`;
}
