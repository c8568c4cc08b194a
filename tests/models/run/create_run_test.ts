import { join } from "node:path";
import { parse } from "@std/yaml";
import { assert, assertEquals, assertFalse, assertGreater, assertRejects } from "@std/assert";
import { FailureError, UsageError } from "../../../models/errors.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { createRun } from "../../../models/run/create_run.ts";
import { openRun } from "../../../models/run/run.ts";
import { currentVersions } from "../../../models/run/versions.ts";
import { inFolder } from "../../tasks/run_task.ts";
import { atEveryStep, faults } from "../disk/faulty_disk.ts";

const config = parseConfig(
  { name: "tiny", description: "yes: #1, ".repeat(30), model: { features: 4, hidden: 3 }, training: { steps: 10 } },
  "test",
);
const otherConfig = { ...config, description: "other" };

/** Gives a test the path of a run that is not there yet, in a folder that is not there either. */
function pathTest(name: string, test: (path: string) => Promise<void>): void {
  Deno.test(name, () => inFolder((folder) => test(join(folder, "runs", "tiny"))));
}

function namesBeside(path: string): string[] {
  return [...Deno.readDirSync(join(path, ".."))].map(({ name }) => name).sort();
}

pathTest("createRun() writes the whole experiment and the versions", async (path) => {
  await createRun(path, config);
  const run = await openRun(path);
  assertEquals(await run.readConfig(), config);
  assertEquals(await run.readVersions(), currentVersions());
  assertEquals(parse(await Deno.readTextFile(join(path, "config.yaml"))), { ...config, versions: currentVersions() });
  assertEquals(namesBeside(path), ["tiny"]);
});

pathTest("createRun() takes an empty folder", async (path) => {
  await Deno.mkdir(path, { recursive: true });
  assertEquals(await (await createRun(path, config)).readConfig(), config);
});

pathTest("createRun() replaces a run only when told to, and then entirely", async (path) => {
  const run = await createRun(path, config);
  await run.write("figures/headline.svg", "<svg/>");
  const error = await assertRejects(() => createRun(path, otherConfig), UsageError);
  assertEquals([error.message, error.kind], [`${path} exists and would be replaced.`, "run-exists"]);
  assertEquals(await run.readText("figures/headline.svg"), "<svg/>");

  await createRun(path, otherConfig, { overwrite: true });
  assertEquals((await run.readConfig()).description, "other");
  assertFalse(await run.has("figures"));
  assertEquals(namesBeside(path), ["tiny"]);
});

pathTest("createRun() never replaces what is no run", async (path) => {
  await Deno.mkdir(path, { recursive: true });
  await Deno.writeTextFile(join(path, "thesis.tex"), "dear");
  await assertRejects(() => createRun(path, config, { overwrite: true }), UsageError, "is no run");
  await assertRejects(() => createRun(join(path, "thesis.tex"), config, { overwrite: true }), UsageError, "is no run");
  assertEquals(await Deno.readTextFile(join(path, "thesis.tex")), "dear");
});

for (const fault of faults) {
  pathTest(`createRun() leaves the old run or the new when a step fails (${fault})`, async (path) => {
    const steps = await atEveryStep(
      fault,
      async () => {
        const run = await createRun(path, config, { overwrite: true });
        await run.appendMetrics([{ step: 1 }]);
        return run;
      },
      (_run, disk) => createRun(path, otherConfig, { overwrite: true, disk }),
      async (run, error) => {
        if (error !== undefined) assert(error instanceof FailureError, String(error));
        const aside = join(path, "..", ".tiny.replaced");
        const there = await run.has("config.yaml") ? run : await openRun(aside);
        if (fault === "once") assertEquals(there.path, path);
        const isNew = (await there.readConfig()).description === "other";
        assertEquals(await there.readMetrics(), isNew ? [] : [{ step: 1 }]);
        if (error === undefined) assert(isNew);
      },
    );
    assertGreater(steps, 8);
  });
}
