import { join } from "node:path";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { UsageError } from "../../../models/errors.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { createRun } from "../../../models/run/create_run.ts";
import { trainRun } from "../../../models/run/training_run.ts";
import { train } from "../../../models/training/trainer.ts";
import { stateAt } from "../../../models/training/training_state.ts";
import { inFolder } from "../../tasks/run_task.ts";

const config = parseConfig(
  { name: "tiny", model: { features: 4, hidden: 3 }, training: { steps: 2, batch: 8 } },
  "test",
);

Deno.test("trainRun() removes what a killed process left half written, in a trained run too", async () => {
  await inFolder(async (folder) => {
    const run = await createRun(join(folder, "tiny"), config);
    for (const left of [".snapshots.safetensors.1.partial", ".index.html.1.partial"]) {
      await Deno.writeTextFile(run.file(left), "half");
      assert(await trainRun(run));
      assertEquals(await run.has(left), false);
    }
  });
});

Deno.test("trainRun() goes on from the checkpoint before where the newest is damaged, says so, and ends in the same bits", async () => {
  await inFolder(async (folder) => {
    const training = { ...config.training, steps: 8, chunk: 2, checkpointSeconds: 0 };
    const [whole, run] = [
      await createRun(join(folder, "whole"), { ...config, training }),
      await createRun(join(folder, "stopped"), { ...config, training }),
    ];
    await trainRun(whole);
    const stop = new AbortController();
    await trainRun(run, { signal: stop.signal, report: ({ step }) => step === 6 && stop.abort() });
    const newest = run.file("checkpoints/step-000000006.safetensors");
    await Deno.truncate(newest, 100);
    const warnings: string[] = [];
    const steps: number[] = [];
    await trainRun(run, { warn: (sentence) => warnings.push(sentence), report: ({ step }) => steps.push(step) });
    assertEquals(warnings.length, 1);
    assertStringIncludes(warnings[0], `${newest} is damaged (`);
    assertStringIncludes(warnings[0], "; the checkpoint of step 4 is taken in its place.");
    assertEquals(steps, [6, 8]);
    assertEquals(await run.readWeights(), await whole.readWeights());
    const objectives = async (of: typeof run) => (await of.readMetrics()).map(({ objective }) => objective);
    assertEquals(await objectives(run), await objectives(whole));
  });
});

Deno.test("trainRun() begins at another run's weights, and goes on without it", async () => {
  await inFolder(async (folder) => {
    const first = await createRun(join(folder, "first"), config);
    await trainRun(first);
    const settings = { ...config, name: "second", training: { ...config.training, steps: 3, chunk: 2, from: "first" } };
    const optimizer = { name: "langevin", temperature: 1e-3, learningRate: 0.1 };
    const second = await createRun(join(folder, "second"), parseConfig({ ...settings, optimizer }, "test"));
    assertEquals((await second.readConfig()).training.from, "first");
    const { encoder, decoder } = await first.readWeights();
    const expected = await Array.fromAsync(
      train(await second.readConfig(), { from: stateAt(await second.readConfig(), { encoder, decoder }) }),
    );
    const stop = AbortSignal.abort();
    await trainRun(second, { signal: stop });
    await Deno.remove(first.path, { recursive: true });
    assert(await trainRun(second));
    assertEquals((await second.readWeights()).encoder, expected.at(-1)!.state.tensors.encoder.data);
    assertEquals((await second.readMetrics()).at(-1)!.step, 3);
  });
});

Deno.test("trainRun() refuses to begin at a run that is not there, not trained, or of another size", async () => {
  await inFolder(async (folder) => {
    const from = async (name: string) => {
      const settings = { ...config, training: { ...config.training, from: name } };
      const run = await createRun(join(folder, "next"), parseConfig(settings, "test"), { overwrite: true });
      return await assertRejects(() => trainRun(run), UsageError);
    };
    await createRun(join(folder, "untrained"), config);
    const larger = await createRun(
      join(folder, "larger"),
      parseConfig({ ...config, model: { ...config.model, hidden: 5 } }, "test"),
    );
    await trainRun(larger);
    assertStringIncludes((await from("nowhere")).message, "There is no run at");
    assertStringIncludes((await from("untrained")).message, "has no weights.safetensors yet");
    assertStringIncludes(
      (await from("larger")).message,
      "should hold encoder.weight as F32 [3,4], and holds F32 [5,4]",
    );
  });
});
