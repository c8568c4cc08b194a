import { join } from "node:path";
import { assertAlmostEquals, assertEquals, assertGreater, assertRejects, assertStringIncludes } from "@std/assert";
import { analyse } from "../../../analysis/report/analyse.ts";
import { analyseRun } from "../../../analysis/report/analyse_run.ts";
import { denoiserWeights } from "../../../analysis/report/denoiser_weights.ts";
import { charts } from "../../../figures/charts/charts.ts";
import { drawRun } from "../../../figures/page/gallery.ts";
import { UsageError } from "../../../models/errors.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { networks } from "../../../models/network/networks.ts";
import { createRun } from "../../../models/run/create_run.ts";
import { trainRun } from "../../../models/run/training_run.ts";
import { train } from "../../../models/training/trainer.ts";
import { plantedRun } from "../../figures/planted_run.ts";
import { inFolder } from "../../tasks/run_task.ts";

Deno.test("denoiserWeights() takes encoder and decoder out of a run", async () => {
  await inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted");
    assertEquals(await denoiserWeights(run, await run.readConfig()), await run.readWeights());
  });
});

Deno.test("a network with other parameters has what asks for no weight pairs measured and drawn, and nothing else", async () => {
  const denoiser = networks.get("denoiser");
  networks.register("deep-denoiser", {
    ...denoiser,
    parameters: (options) => ({ ...denoiser.parameters(options), middle: { shape: [2, 2] } }),
  });
  const model = { name: "deep-denoiser", features: 8, hidden: 4 };
  const config = parseConfig({ name: "deep", model, training: { steps: 20, batch: 32 } }, "test");
  const refusal = "A deep-denoiser has the parameters encoder, decoder, middle: clusters is of networks of one encoder";
  await inFolder(async (folder) => {
    const run = await createRun(join(folder, "deep"), config);
    await trainRun(run);
    await assertRejects(
      () => denoiserWeights(run, config),
      UsageError,
      "deep holds a deep-denoiser with the parameters",
    );
    await assertRejects(() => analyseRun(run, { only: ["clusters"] }), UsageError, refusal);
    const { loss, clusters } = await analyseRun(run);
    assertAlmostEquals(loss!.zeroNetwork!.objective, 32, 1e-4);
    assertEquals([clusters, loss!.exact], [undefined, null]);
    assertEquals((await drawRun(run)).map(({ name }) => name), ["loss-curve", "embedding"]);
    assertStringIncludes(await run.readText("summary.md"), "## Loss");
  });
  const trained = await train(config);
  await assertRejects(() => analyse(trained, ["clusters"]), UsageError, refusal);
  const analysed = await analyse(trained, ["loss"]);
  assertGreater(analysed.analysis.loss.heldOut.objective, 0);
  assertEquals(charts.lossCurve(analysed).name, "loss-curve");
});
