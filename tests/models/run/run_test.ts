import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { FailureError, UsageError } from "../../../models/errors.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { createRun } from "../../../models/run/create_run.ts";
import { openRun } from "../../../models/run/run.ts";
import { runTest } from "./in_run.ts";
import { atEveryStep, faults } from "../disk/faulty_disk.ts";

const config = parseConfig({ name: "tiny", model: { features: 4, hidden: 3 }, training: { steps: 10 } }, "test");

runTest(config, "openRun() says that there is no run", async (run) => {
  await assertRejects(() => openRun(run.file("absent")), UsageError, `There is no run at ${run.file("absent")}`);
});

runTest(config, "readAnalysis() gives back what writeAnalysis() was given", async (run) => {
  await assertRejects(() => run.readAnalysis(), UsageError, "has no analysis.json yet");
  await run.writeAnalysis({ signs: { degrees: Uint32Array.of(1, 2), density: 0.1 }, undefinedStatistic: NaN });
  assertEquals(await run.readAnalysis(), { signs: { degrees: [1, 2], density: 0.1 }, undefinedStatistic: null });
  await run.write("analysis.json", "{");
  await assertRejects(() => run.readAnalysis(), FailureError, "analysis.json is no JSON");
});

runTest(config, "readText() names a file that the run does not have", async (run) => {
  await assertRejects(() => run.readText("summary.md"), UsageError, `There is no ${run.file("summary.md")}`);
});

runTest(config, "appendMetrics() adds rows, and mends a line that was cut off", async (run) => {
  assertEquals(await run.readMetrics(), []);
  await run.appendMetrics([{ step: 1, objective: 2 }]);
  await Deno.writeTextFile(run.file("metrics.jsonl"), '{"step":2,"objec', { append: true });
  assertEquals(await run.readMetrics(), [{ step: 1, objective: 2 }]);
  await run.appendMetrics([{ step: 2, objective: 1 }, { step: 3, objective: NaN }]);
  assertEquals(await run.readMetrics(), [
    { step: 1, objective: 2 },
    { step: 2, objective: 1 },
    { step: 3, objective: NaN },
  ]);
});

runTest(config, "appendMetrics() mends a cut line that is longer than a block", async (run) => {
  await Deno.writeTextFile(run.file("metrics.jsonl"), `{"step":1}\n{"step":${"7".repeat(10_000)}`);
  await run.appendMetrics([{ step: 2 }]);
  assertEquals(await run.readText("metrics.jsonl"), '{"step":1}\n{"step":2}\n');
  await Deno.writeTextFile(run.file("metrics.jsonl"), `{"step":${"7".repeat(10_000)}`);
  await run.appendMetrics([{ step: 2 }]);
  assertEquals(await run.readText("metrics.jsonl"), '{"step":2}\n');
});

runTest(config, "truncateMetrics() removes what comes after a step", async (run) => {
  await run.truncateMetrics(5);
  await run.appendMetrics([{ step: 5 }, { step: 10 }, { step: 15 }]);
  await run.truncateMetrics(10);
  assertEquals(await run.readMetrics(), [{ step: 5 }, { step: 10 }]);
});

for (const fault of faults) {
  runTest(config, `appendMetrics() keeps the rows before when a step fails (${fault})`, async ({ path }) => {
    const steps = await atEveryStep(
      fault,
      async () => {
        const run = await createRun(path, config, { overwrite: true });
        await run.appendMetrics([{ step: 1 }]);
        return run;
      },
      async (_run, disk) => (await openRun(path, disk)).appendMetrics([{ step: 2 }, { step: 3 }]),
      async (run, error) => {
        const whole = [{ step: 1 }, { step: 2 }, { step: 3 }];
        const rows = await run.readMetrics();
        if (error === undefined) return assertEquals(rows, whole);
        assert(error instanceof FailureError);
        assertEquals(rows, whole.slice(0, rows.length));
        assertGreater(rows.length, 0);
        await run.truncateMetrics(1);
        await run.appendMetrics(whole.slice(1));
        assertEquals(await run.readMetrics(), whole);
      },
    );
    assertGreater(steps, 2);
  });
}
