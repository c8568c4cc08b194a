import { join } from "node:path";
import { assertEquals, assertRejects } from "@std/assert";
import { type Config, parseConfig } from "../../../models/experiment/config.ts";
import { continueRun } from "../../../models/run/continue_run.ts";
import { UsageError } from "../../../models/errors.ts";
import { inFolder } from "../../tasks/run_task.ts";

const config = parseConfig(
  { name: "tiny", description: "A tpyo.", model: { features: 4, hidden: 3 }, training: { steps: 2 } },
  "test",
);

/** Begins a run with `config` and goes on with it as another experiment. */
async function continuedAs(changed: Config, check: (continued: () => Promise<Config>, path: string) => Promise<void>) {
  await inFolder(async (folder) => {
    const path = join(folder, "tiny");
    await continueRun(path, config);
    await check(async () => await (await continueRun(path, changed)).readConfig(), path);
  });
}

Deno.test("continueRun() makes a run, and goes on with it for the same experiment", async () => {
  await continuedAs(structuredClone(config), async (continued) => assertEquals(await continued(), config));
});

Deno.test("continueRun() goes on where only what does not change the numbers differs; the run keeps its own", async () => {
  const training = { ...config.training, checkpointSeconds: 60 };
  const changed = { ...config, name: "other", description: "A typo.", pair: "other", training };
  await continuedAs(changed, async (continued) => assertEquals(await continued(), config));
});

Deno.test("continueRun() names the first key that makes it another experiment", async () => {
  const model = { ...config.model, hidden: 5 };
  await continuedAs({ ...config, description: "A typo.", model }, async (continued, path) => {
    const { message, kind } = await assertRejects(continued, UsageError);
    assertEquals([message, kind], [`${path} was begun with another model.hidden.`, "run-differs"]);
  });
});
