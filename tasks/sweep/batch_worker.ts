/**
 * A task of an array of jobs: trains and measures the points in a file, one after another, and writes how each ended into a
 * journal beside it. What is done already is passed over, so that a task which is queued again goes on where it was. The
 * scheduler's SIGTERM stops it after the steps that are running, which are then saved.
 *
 * On a node that the scheduler has lost the task's former process may still run: each point is waited for until that has left it.
 */
import { useThreads } from "../../models/runtime/session.ts";
import { answer } from "./worker_answer.ts";
import type { Job, Outcome } from "./worker_messages.ts";
import { journalLine, readTask } from "./slurm/task_files.ts";

/** Between two tries of a point that another process has. */
const secondsBetweenTries = 1;

const [path] = Deno.args;
const { device, threads, jobs } = await readTask(path);
useThreads(threads);
const stop = new AbortController();
Deno.addSignalListener("SIGTERM", () => stop.abort());

async function outcomeOf(job: Job): Promise<Outcome> {
  while (!stop.signal.aborted) {
    const outcome = await answer({ run: job }, { device, signal: stop.signal });
    if (!("failed" in outcome) || !outcome.inUse) return outcome;
    await new Promise((resolve) => setTimeout(resolve, 1000 * secondsBetweenTries));
  }
  return { stopped: true };
}

for (const job of jobs) {
  if (stop.signal.aborted) break;
  await journalLine(path, { point: job.config.name, outcome: await outcomeOf(job) });
}
// ONNX Runtime's threads would keep the process.
Deno.exit(0);
