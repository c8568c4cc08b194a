/** `deno task watch`: a page in the browser that shows a run while it trains. */
import { UsageError } from "../models/errors.ts";
import { openRun } from "../models/run/run.ts";
import { runCommand } from "./command/command.ts";
import { allRuns, runPath, runsFolder } from "./command/named_runs.ts";
import { answerFor } from "./watch/server.ts";
import { latestRun } from "./watch/watched_run.ts";

await runCommand({
  name: "watch",
  operands: "[RUN]",
  summary:
    "Serves a page with the loss curve, the density of the weight pairs and the time left of a run while it trains.\n" +
    `RUN is a name in ${runsFolder}/; the default is the run that was written to last. Only this machine is served, only\n` +
    "at an address that holds a random token, and nothing can be changed there. Ctrl-C ends it.",
  options: {},
  async run({ operands }) {
    if (operands.length > 1) throw new UsageError("one run is watched at a time; name one.");
    const path = operands.length === 1 ? runPath(operands[0]) : await latestRun(allRuns());
    if (path === undefined) {
      throw new UsageError(`there is no run in ${runsFolder}/ yet; train one with deno task train-superposition.`);
    }
    const token = crypto.getRandomValues(new Uint8Array(16)).toBase64({ alphabet: "base64url", omitPadding: true });
    const answer = await answerFor(await openRun(path), token);
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
    console.log(`${path} is shown at http://127.0.0.1:${server.addr.port}/${token}/`);
    Deno.addSignalListener("SIGINT", () => Deno.exit(0));
    await server.finished;
  },
});
