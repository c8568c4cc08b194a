import { join } from "node:path";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../../../models/errors.ts";
import { continueRun } from "../../../../models/run/continue_run.ts";
import { encodeSafetensors } from "../../../../models/run/safetensors/safetensors.ts";
import { importRun, type ImportRunOptions } from "../../../../models/run/import/import_run.ts";
import type { Run } from "../../../../models/run/run.ts";
import { trainRun } from "../../../../models/run/training_run.ts";
import { loadConfigFile } from "../../../../models/experiment/presets.ts";
import { inFolder } from "../../../tasks/run_task.ts";

const [features, hidden] = [6, 4];
const values = Float32Array.from({ length: features * hidden }, (_, place) => place / 8);

/** Tests what becomes of a file with an encoder [h, d] and a decoder [d, h]. */
function importTest(name: string, test: (imported: (options?: ImportRunOptions) => Promise<Run>) => Promise<void>) {
  Deno.test(name, () =>
    inFolder(async (folder) => {
      const file = join(folder, "theirs.safetensors");
      const pieces = encodeSafetensors({
        "fc1.weight": { dtype: "F32", shape: [hidden, features], data: values },
        "fc2.weight": { dtype: "F64", shape: [features, hidden], data: Float64Array.from(values) },
      });
      await Deno.writeFile(file, Uint8Array.from(pieces.flatMap((piece) => [...piece])));
      await test((options) => importRun(join(folder, "ours"), file, options));
    }));
}

importTest("importRun() makes a run with the sizes of the weights and no history", async (imported) => {
  const run = await imported();
  const { name, model, imported: origin } = await run.readConfig();
  assertEquals([name, model.features, model.hidden, model.activation], ["ours", features, hidden, "tanh-cubed"]);
  assertEquals([origin?.encoder, origin?.decoder, origin?.transposed], ["fc1.weight", "fc2.weight", false]);
  const { encoder, decoder } = await run.readWeights();
  assertEquals(decoder, values);
  // E[1, 2] lies at 1 · d + 2 in the file and at 2 · h + 1 in memory.
  assertEquals(encoder[2 * hidden + 1], values[features + 2]);
  assert(await run.has("denoiser.onnx"));
  assertEquals([await run.readMetrics(), await run.has("checkpoints")], [[], false]);
});

importTest(
  "importRun() takes what a file of an experiment says, and its sizes for the orientation",
  async (imported) => {
    const config = await Deno.makeTempFile({ suffix: ".yaml" });
    try {
      await Deno.writeTextFile(config, "name: theirs\nmodel: { hidden: 6, activation: relu, features: 4 }\n");
      const run = await imported({ config, settings: { "task.activeFeatures": 1 } });
      const { model, task } = await run.readConfig();
      assertEquals([model.features, model.hidden, model.activation, task.activeFeatures], [4, 6, "relu", 1]);
      assertEquals((await run.readWeights()).encoder, values);
      await Deno.writeTextFile(config, "name: theirs\nmodel: { features: 5 }\n");
      await assertRejects(() => imported({ config, overwrite: true }), UsageError, "5 features and 4 neurons");
    } finally {
      await Deno.remove(config);
    }
  },
);

importTest(
  "a run of imported weights is not trained, and its config.yaml is an experiment without them",
  async (imported) => {
    const run = await imported();
    const sentence = "theirs.safetensors, which it does not train";
    await assertRejects(() => trainRun(run), UsageError, sentence);
    const experiment = loadConfigFile(run.file("config.yaml"));
    assertEquals(experiment.imported, undefined);
    await assertRejects(() => continueRun(run.path, experiment), UsageError, sentence);
    await assertRejects(() => imported(), UsageError, "exists and would be replaced");
  },
);
