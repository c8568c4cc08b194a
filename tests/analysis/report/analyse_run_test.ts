import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { analyseRun } from "../../../analysis/report/analyse_run.ts";
import { readAnalysis } from "../../../analysis/report/analysis.ts";
import { FailureError, UsageError } from "../../../models/errors.ts";
import { runFiles } from "../../../models/run/run_folder.ts";
import { plantedRun } from "../../figures/planted_run.ts";
import { inFolder } from "../../tasks/run_task.ts";

Deno.test("analyseRun() writes the version and keeps what it does not measure, keys of others too", async () => {
  await inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted");
    const { loss } = await readAnalysis(run);
    await run.writeAnalysis({ loss, mine: [1], signs: 3 });
    const analysis = await analyseRun(run, { only: ["values"] });
    assertEquals(Object.keys(analysis), ["version", "loss", "values"]);
    const file = JSON.parse(await run.readText(runFiles.analysis));
    assertEquals(file, { version: 1, loss, mine: [1], signs: 3, values: analysis.values });
    assertStringIncludes(await run.readText("summary.md"), "## Values by degree");
    await assertRejects(() => readAnalysis(run), FailureError, "signs is not as this Pinfield writes it");
    const healed = await analyseRun(run, { only: ["signs"] });
    assertEquals((await readAnalysis(run)).signs, healed.signs);
  });
});

Deno.test("analyseRun() refuses a section that does not exist and a file that it would lose", async () => {
  await inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted");
    await assertRejects(() => analyseRun(run, { only: ["sign"] }), UsageError, 'no section "sign"; choose from loss,');
    for (const [file, reason] of [["{", "is no JSON"], ['{"version": 7}', "is of version 7"]]) {
      await run.write(runFiles.analysis, file);
      await assertRejects(() => analyseRun(run, { only: ["values"] }), FailureError, reason);
      assertEquals(await run.readText(runFiles.analysis), file);
    }
  });
});
