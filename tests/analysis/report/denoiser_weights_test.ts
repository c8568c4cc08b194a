import { assertEquals, assertRejects } from "@std/assert";
import { analyseRun } from "../../../analysis/report/analyse_run.ts";
import { denoiserWeights } from "../../../analysis/report/denoiser_weights.ts";
import { drawRun } from "../../../figures/page/gallery.ts";
import { UsageError } from "../../../models/errors.ts";
import { networks } from "../../../models/network/networks.ts";
import { plantedRun } from "../../figures/planted_run.ts";
import { inFolder } from "../../tasks/run_task.ts";

Deno.test("denoiserWeights() takes encoder and decoder out of a run", async () => {
  await inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted");
    assertEquals(await denoiserWeights(run, await run.readConfig()), await run.readWeights());
  });
});

Deno.test("analyseRun() and drawRun() refuse a network with other parameters, by name", async () => {
  const denoiser = networks.get("denoiser");
  networks.register("deep-denoiser", {
    ...denoiser,
    parameters: (options) => ({ ...denoiser.parameters(options), middle: { shape: [32, 32] } }),
  });
  await inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted");
    const config = await run.readText("config.yaml");
    await run.write("config.yaml", config.replace("name: denoiser", "name: deep-denoiser"));
    const refusal =
      `${run.path} holds a deep-denoiser with the parameters encoder, decoder, middle; what is measured and`;
    await assertRejects(() => analyseRun(run), UsageError, refusal);
    await assertRejects(() => drawRun(run), UsageError, refusal);
  });
});
