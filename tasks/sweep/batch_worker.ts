/**
 * A task of an array of jobs: trains and measures the points in a file, one after another, and writes how each ended into a
 * journal beside it. What is done already is passed over, so that a task which is queued again goes on where it was. The
 * scheduler's SIGTERM stops it after the steps that are running, which are then saved.
 */
import { useThreads } from "../../models/runtime/session.ts";
import { answer } from "./answer.ts";
import { journalLine, readTask } from "./slurm/task_files.ts";

const [path] = Deno.args;
const { device, threads, jobs } = await readTask(path);
useThreads(threads);
const stop = new AbortController();
Deno.addSignalListener("SIGTERM", () => stop.abort());
for (const job of jobs) {
  if (stop.signal.aborted) break;
  const outcome = await answer({ run: job }, { device, signal: stop.signal });
  await journalLine(path, { point: job.config.name, outcome });
}
// ONNX Runtime's threads would keep the process.
Deno.exit(0);
