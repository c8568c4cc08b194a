import { assertEquals } from "@std/assert";
import { parseConfig } from "../../../models/experiment/config.ts";
import { createRun } from "../../../models/run/create_run.ts";
import { lockRun } from "../../../models/run/run_lock.ts";
import { denoCommand } from "../../../tasks/sweep/deno_command.ts";
import { readJournals, taskFile, writeTasks } from "../../../tasks/sweep/slurm/task_files.ts";
import { inFolder } from "../run_task.ts";

Deno.test("batch_worker waits for a point that another process has", () =>
  inFolder(async (folder) => {
    const place = `${folder}/runs/slurm`;
    await Deno.mkdir(place, { recursive: true });
    const config = parseConfig({
      name: "tiny",
      model: { features: 12, hidden: 6 },
      training: { steps: 4, batch: 6 },
    }, "test");
    const path = `${folder}/runs/tiny`;
    await createRun(path, config);
    await writeTasks(place, [{
      device: "cpu",
      threads: 1,
      jobs: [{ config, keys: ["signs"], path, keep: "weights" }],
    }]);
    const lock = await lockRun(path);
    const [program, args] = denoCommand("batch_worker.ts", taskFile(place, 0));
    const child = new Deno.Command(program, { args, cwd: folder, stdout: "null", stderr: "null" }).spawn();
    // Long enough for it to have tried.
    const early = await Promise.race([
      child.status.then(() => "ended"),
      new Promise((resolve) => setTimeout(resolve, 1500, "waits")),
    ]);
    assertEquals([early, await readJournals(place)], ["waits", new Map()]);
    lock[Symbol.dispose]();
    assertEquals((await child.status).success, true);
    assertEquals(await readJournals(place), new Map([["tiny", { done: true }]]));
  }));
