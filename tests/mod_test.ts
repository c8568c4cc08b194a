import { assertEquals } from "@std/assert";
import { runFromWeb } from "./run_from_web.ts";

Deno.test("mod.ts trains presets and draws where it comes from the web, without a permission to read", async () => {
  const printed = await runFromWeb(
    (address) =>
      `import { charts, loadPreset, renderFigure, train } from "${address}/mod.ts";
const small = { "model.features": 16, "model.hidden": 8, "training.steps": 2, "training.batch": 16 };
for await (const { state } of train(loadPreset("quick", small))) console.log(state.step);
const rows = [{ step: 1, objective: 32, learningRate: 0.02 }, { step: 10, objective: 7, learningRate: 0.01 }];
console.log(renderFigure(charts.lossCurve(rows)).slice(0, 4));`,
    ["--allow-ffi", "--allow-env=LOG_TOKENS,LOG_STREAM"],
  );
  assertEquals(printed, "2\n<svg\n");
});
