import { dirname, join } from "node:path";
import { assertEquals, assertRejects } from "@std/assert";
import { FailureError, UsageError } from "../../../models/errors.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { openRun } from "../../../models/run/run.ts";
import { runTest } from "./in_run.ts";

const config = parseConfig({ name: "tiny", model: { features: 4, hidden: 3 }, training: { steps: 10 } }, "test");

runTest(config, "readConfig() names a wrong key, and a file that is no YAML", async (run) => {
  const text = await run.readText("config.yaml");
  await run.write("config.yaml", text.replace("hidden: 3", "hidden: 0"));
  await assertRejects(() => run.readConfig(), UsageError, `${run.file("config.yaml")}: model.hidden: `);
  await run.write("config.yaml", "model: [");
  const error = await assertRejects(() => run.readConfig(), FailureError, "config.yaml is no YAML: ");
  assertEquals(error.message.split("\n").length, 1);
  await run.write("config.yaml", "");
  await assertRejects(() => run.readConfig(), FailureError, "config.yaml holds no keys");
});

runTest(config, "readConfig() gives a run that was renamed the name of its directory", async (run) => {
  assertEquals((await run.readConfig()).name, "tiny");
  const renamed = join(dirname(run.path), "Renamed 2");
  await Deno.rename(run.path, renamed);
  assertEquals(await (await openRun(renamed)).readConfig(), { ...config, name: "Renamed 2" });
});
