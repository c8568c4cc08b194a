/** Pinfield and the safetensors library of Python read each other's files. */
import { join } from "node:path";
import { assertEquals } from "@std/assert";
import { parseConfig } from "../../../../models/experiment/config.ts";
import { createRun } from "../../../../models/run/create_run.ts";
import { runFiles } from "../../../../models/run/run_folder.ts";
import { runPython, skipWithoutPython } from "../../../python/run_python.ts";

Deno.test({
  name: "writeWeights() and readWeights() agree with Python's safetensors",
  ignore: skipWithoutPython("numpy", "safetensors"),
  fn: async () => {
    const [features, hidden] = [5, 3];
    const folder = await Deno.makeTempDir();
    try {
      const config = parseConfig({ name: "tiny", model: { features, hidden }, training: { steps: 1 } }, "test");
      const run = await createRun(join(folder, "tiny"), config);
      const encoder = Float32Array.from(
        { length: features * hidden },
        (_, index) => Math.floor(index / hidden) + (index % hidden) / 8,
      );
      const weights = { features, hidden, encoder, decoder: encoder.map((value) => -value) };
      await run.writeWeights(weights);
      const written = run.file(runFiles.weights);
      const rewritten = join(folder, "rewritten");
      await runPython("check_safetensors.py", written, rewritten);
      await Deno.rename(rewritten, written);
      assertEquals(await run.readWeights(), weights);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
