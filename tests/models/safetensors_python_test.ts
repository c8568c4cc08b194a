/** Pinfield and the safetensors library of Python read each other's files. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assert, assertEquals } from "@std/assert";
import { parseConfig } from "../../models/config.ts";
import { createRun, runFiles } from "../../models/run_directory.ts";

const python = "python3";

/** Whether Python may be run here and has what the check needs. */
function pythonHasSafetensors(): boolean {
  if (Deno.permissions.querySync({ name: "run", command: python }).state !== "granted") return false;
  try {
    return new Deno.Command(python, { args: ["-c", "import numpy, safetensors"] }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

Deno.test({
  name: "writeWeights() and readWeights() agree with Python's safetensors",
  ignore: !pythonHasSafetensors(),
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
      const script = fileURLToPath(new URL("../python/check_safetensors.py", import.meta.url));
      const rewritten = join(folder, "rewritten");
      const { success, stderr } = await new Deno.Command(python, { args: [script, written, rewritten] }).output();
      assert(success, new TextDecoder().decode(stderr));
      await Deno.rename(rewritten, written);
      assertEquals(await run.readWeights(), weights);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
