import { join } from "node:path";
import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { encodeSafetensors, type SafeTensor } from "../../models/run/safetensors/safetensors.ts";
import { openRun } from "../../models/run/run.ts";
import { lacksPython, runPython } from "../python/run_python.ts";
import { inFolder, runTask } from "./run_task.ts";

Deno.test({
  name: "what ten lines of PyTorch train and save is imported, measured and drawn",
  ignore: lacksPython("torch", "safetensors"),
  fn: () =>
    inFolder(async (folder) => {
      await runPython("train_denoiser.py", join(folder, "denoiser.safetensors"));
      const words = ["denoiser.safetensors", "--name", "theirs", "--device", "cpu", "--set", "model.activation=tanh"];
      const { code, output, errors } = await runTask("import", folder, ...words);
      assertEquals(code, 0, errors);
      assertStringIncludes(output, "neurons per feature");
      const run = await openRun(join(folder, "runs", "theirs"));
      const { features, hidden } = await run.readWeights();
      assertEquals([features, hidden], [24, 12]);
      const { loss } = await run.readAnalysis() as {
        loss: { heldOut: { objective: number }; zeroNetwork: { objective: number } };
      };
      assertLess(loss.heldOut.objective, 0.8 * loss.zeroNetwork.objective);
      assertStringIncludes(await run.readText("summary.md"), "imported from denoiser.safetensors");
      const page = await run.readText("index.html");
      assertStringIncludes(page, "no loss curve and no movie");
      assert(!page.includes("movie.html") && !page.includes('id="loss-curve"'));
      const again = page.match(/deno task import ([^<]+)/)![1].split(" ");
      assertEquals((await runTask("import", folder, ...again)).code, 0);
      assertEquals(
        await Deno.readFile(join(folder, "runs", "theirs-again", "weights.safetensors")),
        await Deno.readFile(run.file("weights.safetensors")),
      );
    }),
});

Deno.test("import says what to do where it is not clear which matrices are meant, or there are biases", async () => {
  await inFolder(async (folder) => {
    const matrix: SafeTensor = { dtype: "F32", shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) };
    const bias: SafeTensor = { dtype: "F32", shape: [2], data: Float32Array.of(1, 2) };
    const attempt = async (tensors: Record<string, SafeTensor>) => {
      const pieces = encodeSafetensors(tensors);
      await Deno.writeFile(join(folder, "file.safetensors"), Uint8Array.from(pieces.flatMap((piece) => [...piece])));
      const { code, errors } = await runTask(
        "import",
        folder,
        "file.safetensors",
        "--name",
        "theirs",
        "--device",
        "cpu",
      );
      assertEquals(code, 2);
      return errors;
    };
    assertStringIncludes(await attempt({ a: matrix, b: matrix }), "by --encoder NAME --decoder NAME.");
    const biased = await attempt({ "fc1.weight": matrix, "fc1.bias": bias, "fc2.weight": matrix });
    assertStringIncludes(biased, "file.safetensors has biases, fc1.bias [2], and a denoiser has none;");
    assertEquals((await Array.fromAsync(Deno.readDir(folder))).length, 1);
  });
});
