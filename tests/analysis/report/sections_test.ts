import { assertEquals } from "@std/assert";
import { findClusters } from "../../../analysis/clusters/clusters.ts";
import { readAnalysis } from "../../../analysis/report/analysis.ts";
import { sectionKeys, sections } from "../../../analysis/report/sections.ts";
import type { Subject } from "../../../analysis/report/section.ts";
import { extractSigns } from "../../../analysis/signs/signs.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { createRun } from "../../../models/run/create_run.ts";
import { plantedWeights } from "../../figures/planted.ts";
import { inFolder } from "../../tasks/run_task.ts";

const size = { features: 32, hidden: 16 };
const config = parseConfig({ name: "planted", model: size, training: { steps: 8, batch: 32 } }, "test");

/** Planted weights as a section gets them; at density 0 nothing has frozen. */
const subjects = [0.2, 0].map((density): Subject => {
  const weights = plantedWeights({ ...size, density });
  const clusters = findClusters(weights);
  return { config, weights, clusters, signs: extractSigns(weights, clusters), device: "cpu" };
});

/** What takes tens of seconds to measure is read back in tests of its own. */
const costly = ["basins", "pinningField", "landscape"];

for (const key of sectionKeys.filter((key) => !costly.includes(key))) {
  Deno.test(`the ${key} section reads back what it wrote`, async () => {
    await inFolder(async (folder) => {
      const run = await createRun(`${folder}/planted`, config);
      for (const subject of subjects) {
        await run.writeAnalysis({ version: 1, [key]: await sections[key].analyse(subject) });
        const written = await run.readAnalysis();
        await run.writeAnalysis(await readAnalysis(run));
        assertEquals(await run.readAnalysis(), written);
      }
    });
  });
}
