import { assertEquals, assertRejects } from "@std/assert";
import { checkAnalysis, readAnalysis } from "../../../analysis/report/analysis.ts";
import { FailureError, UsageError } from "../../../models/errors.ts";
import { runFiles } from "../../../models/run/run_folder.ts";
import { plantedRun } from "../../figures/planted_run.ts";
import { inFolder } from "../../tasks/run_task.ts";

const loss = { heldOut: { objective: 7, standardError: 0.1, data: 6 }, samples: 10 };

Deno.test("checkAnalysis() takes what is whole and says where the rest is not", () => {
  const values = [{ degree: 2, shared: true, pairs: 10, encoder: { mean: 1, spread: "0.1" } }];
  const { analysis, faults } = checkAnalysis({ signs: 3, loss, values, unknown: "kept by whoever wrote it" });
  assertEquals(analysis, { version: 1, loss });
  assertEquals([...faults], [
    ["signs", "expected object, received number"],
    ["values", "0.encoder.spread: expected number, received string"],
  ]);
});

Deno.test("checkAnalysis() refuses a field that a section no longer writes, and one that it did not write yet", () => {
  const faultOf = (data: unknown) => checkAnalysis({ loss: data }).faults.get("loss");
  assertEquals(faultOf({ ...loss, draws: 3 }), 'Unrecognized key: "draws"');
  assertEquals(faultOf({ heldOut: loss.heldOut }), "samples: expected number, received undefined");
  assertEquals(faultOf(null), "expected object, received null");
});

Deno.test("checkAnalysis() reads a null that stands for no number as NaN", () => {
  const { analysis } = checkAnalysis({ loss: { ...loss, heldOut: { ...loss.heldOut, objective: null } } });
  assertEquals(analysis.loss?.heldOut.objective, NaN);
});

Deno.test("readAnalysis() reads a file that has no version yet", async () => {
  await inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted");
    const { version: _, ...file } = JSON.parse(await run.readText(runFiles.analysis));
    await run.writeAnalysis(file);
    assertEquals((await readAnalysis(run)).loss, file.loss);
  });
});

Deno.test("readAnalysis() says in one sentence which run to measure again, and what of it", async () => {
  await inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted");
    const path = run.file(runFiles.analysis);
    const refusal = async (file: string) => {
      await run.write(runFiles.analysis, file);
      return (await assertRejects(() => readAnalysis(run), FailureError)).message;
    };
    assertEquals(
      await refusal('{"loss": 3}'),
      `${path}: loss is not as this Pinfield writes it (expected object, received number); measure it again.`,
    );
    assertEquals(
      await refusal('{"loss": 3, "signs": []}'),
      `${path}: loss, signs are not as this Pinfield writes them (expected object, received number); measure them again.`,
    );
    assertEquals(
      await refusal('{"version": 0}'),
      `${path} is of version 0 where this Pinfield reads version 1; measure the run again.`,
    );
    for (const file of ["[]", "null", "3"]) {
      assertEquals(await refusal(file), `${path} holds no sections; measure the run again.`);
    }
    await Deno.remove(path);
    await assertRejects(() => readAnalysis(run), UsageError, "has no analysis.json yet");
  });
});
