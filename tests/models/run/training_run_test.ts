import { join } from "node:path";
import { assert, assertEquals } from "@std/assert";
import { parseConfig } from "../../../models/experiment/config.ts";
import { createRun } from "../../../models/run/create_run.ts";
import { trainRun } from "../../../models/run/training_run.ts";
import { inFolder } from "../../tasks/run_task.ts";

const config = parseConfig(
  { name: "tiny", model: { features: 4, hidden: 3 }, training: { steps: 2, batch: 8 } },
  "test",
);

Deno.test("trainRun() removes what a killed training left, and nothing of a trained run, which others may write to", async () => {
  await inFolder(async (folder) => {
    const run = await createRun(join(folder, "tiny"), config);
    const left = ".snapshots.safetensors.1.partial";
    await Deno.writeTextFile(run.file(left), "half");
    assert(await trainRun(run));
    assertEquals(await run.has(left), false);
    await Deno.writeTextFile(run.file(".index.html.1.partial"), "half");
    assert(await trainRun(run));
    assert(await run.has(".index.html.1.partial"));
  });
});
