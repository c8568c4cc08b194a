import { join } from "node:path";
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { analyseRun } from "../../../analysis/report/analyse_run.ts";
import { drawRun } from "../../../figures/page/gallery.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { FailureError, UsageError } from "../../../models/errors.ts";
import { createRun } from "../../../models/run/create_run.ts";
import { openRun, type Run } from "../../../models/run/run.ts";
import { lockRun } from "../../../models/run/run_lock.ts";
import { trainRun } from "../../../models/run/training_run.ts";
import { runTest } from "./in_run.ts";

const config = parseConfig(
  { name: "tiny", model: { features: 4, hidden: 3 }, training: { steps: 2, batch: 8 } },
  "test",
);

function refusal({ path }: Run): string {
  return `${path} is being trained, measured or drawn by another process; wait until it ends.`;
}

runTest(config, "lockRun() lets one in at a time", async (run) => {
  {
    using _lock = await lockRun(run.path);
    assertEquals((await assertRejects(() => lockRun(run.path), UsageError)).message, refusal(run));
  }
  using _again = await lockRun(run.path);
});

runTest(config, "lockRun() removes what interrupted writes left, and nothing before it has the lock", async (run) => {
  const partials = [".metrics.jsonl.1.partial", "figures/.headline.svg.2.partial", "checkpoints/.step.3.partial"];
  const others = ["figures/headline.svg", "notes.partial", ".hidden"];
  for (const name of [...partials, ...others]) await run.write(name, "x");
  const there = async () => (await Promise.all([...partials, ...others].map((name) => run.has(name)))).map(Number);
  {
    using _lock = await lockRun(run.path);
    assertEquals(await there(), [0, 0, 0, 1, 1, 1]);
    await run.write(partials[0], "x");
    await assertRejects(() => lockRun(run.path), UsageError);
    assertEquals(await there(), [1, 0, 0, 1, 1, 1]);
  }
});

runTest(config, "lockRun() is free again once the process that held it is killed", async (run) => {
  const module = new URL("../../../models/run/run_lock.ts", import.meta.url);
  const code = `import { lockRun } from "${module}";
    await lockRun(${JSON.stringify(run.path)});
    console.log("locked");
    await new Promise((resolve) => setTimeout(resolve, 60_000));`;
  const holder = new Deno.Command(Deno.execPath(), { args: ["eval", code], stdout: "piped" }).spawn();
  const reader = holder.stdout.getReader();
  await reader.read();
  await assertRejects(() => lockRun(run.path), UsageError);
  holder.kill("SIGKILL");
  await holder.status;
  await reader.cancel();
  using _lock = await lockRun(run.path);
});

runTest(config, "a run that is in use is neither trained, measured, drawn nor replaced by another", async (run) => {
  const lock = await lockRun(run.path);
  for (const use of [trainRun, analyseRun, drawRun]) {
    assertEquals((await assertRejects(() => use(run), UsageError)).message, refusal(run));
  }
  const error = await assertRejects(() => createRun(run.path, { ...config, name: "other" }, { overwrite: true }));
  assertEquals((error as Error).message, refusal(run));
  assertEquals(await (await openRun(run.path)).readConfig(), config);
  lock[Symbol.dispose]();
  assertEquals(await trainRun(run), true);
  await createRun(run.path, config, { overwrite: true });
});

runTest(config, "a run that is being replaced is locked until it has been moved away", async (run) => {
  const refusals: string[] = [];
  const disk = {
    ...Deno,
    async rename(from: string | URL, to: string | URL) {
      if (from === run.path) refusals.push((await assertRejects(() => trainRun(run), UsageError)).message);
      await Deno.rename(from, to);
    },
  };
  const fresh = await createRun(run.path, config, { overwrite: true, disk });
  assertEquals(refusals, [refusal(run)]);
  assertEquals(await trainRun(fresh), true);
});

Deno.test("lockRun() names a folder that cannot be written", async () => {
  const error = await assertRejects(() => lockRun("no/such/run"), FailureError);
  assertStringIncludes(error.message, `Cannot write ${join("no/such/run", "training.lock")}: `);
});
