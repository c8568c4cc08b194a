/**
 * The worker process of a sweep: trains and measures the points that it is told on standard input, one after another, until
 * that is closed. A closed input also stops the point that is running, after the steps that it is at: no worker goes on when
 * the sweep that started it is gone.
 */
import { useThreads } from "../../models/runtime/session.ts";
import { answer } from "./worker_answer.ts";
import { lines } from "./worker_lines.ts";
import type { Reply, Request, WorkerSettings } from "./worker_messages.ts";

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
  else {say({
      outcome: await answer(request, {
        device,
        signal: stop.signal,
        report: (progress) => say({ progress }),
      }),
    });}
}
Deno.exit(0);

function say(reply: Reply): void {
  console.log(JSON.stringify(reply));
}
