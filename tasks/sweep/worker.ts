/**
 * The worker process of a sweep: trains and measures the points that it is told on standard input, one after another, until
 * that is closed. A closed input also stops the point that is running, after the steps that it is at: no worker goes on when
 * the sweep that started it is gone.
 */
import { runPoint } from "../../analysis/study/sweep/run_point.ts";
import { secondsOf } from "../../analysis/study/time_plan.ts";
import { PinfieldError } from "../../models/errors.ts";
import { useThreads } from "../../models/runtime/session.ts";
import { lines } from "./lines.ts";
import type { Job, Outcome, Reply, Request, WorkerSettings } from "./messages.ts";

const { device, threads } = JSON.parse(Deno.args[0]) as WorkerSettings;
useThreads(threads);
const stop = new AbortController();
// Ctrl-C on a terminal reaches the workers too; the sweep decides what comes of it and closes the input.
Deno.addSignalListener("SIGINT", () => {});

const requests: Request[] = [];
let wake = () => {};
(async () => {
  for await (const line of lines(Deno.stdin.readable)) {
    requests.push(JSON.parse(line));
    wake();
  }
  stop.abort();
  wake();
})();

while (!stop.signal.aborted) {
  const request = requests.shift();
  if (request === undefined) await new Promise<void>((resolve) => wake = resolve);
  else say({ outcome: await answered(request) });
}
Deno.exit(0);

function say(reply: Reply): void {
  console.log(JSON.stringify(reply));
}

async function answered(request: Request): Promise<Outcome> {
  try {
    if ("probe" in request) return { seconds: await secondsOf(request.probe, device) };
    return await run(request.run) ? { done: true } : { stopped: true };
  } catch (error) {
    // What nobody expected may be one point's too: it is reported with its place.
    return {
      failed: error instanceof PinfieldError ? error.message : String(error instanceof Error ? error.stack : error),
    };
  }
}

async function run({ path, keep, ...work }: Job): Promise<boolean> {
  return await runPoint(work, path, {
    device,
    keep,
    signal: stop.signal,
    onProgress: ({ step, steps }) => say({ progress: { step, steps } }),
    onSection: (section) => say({ progress: { section } }),
  });
}
