import { assertEquals } from "@std/assert";
import { findClusters } from "../../../analysis/clusters/clusters.ts";
import { clustersWarnings } from "../../../analysis/clusters/clusters_warnings.ts";
import { loadPreset } from "../../../models/experiment/presets.ts";
import { plantedWeights } from "../../figures/planted.ts";

Deno.test("clustersWarnings() says where no weight lies in a corner, and nothing where some do", () => {
  const warnings = (density: number) =>
    clustersWarnings(
      findClusters(plantedWeights({ features: 64, hidden: 32, density })),
      loadPreset("quick", { "optimizer.learningRate": 0.05 }),
    );
  assertEquals(warnings(0), [
    "No weight lies in a corner: the weight pairs do not part into clusters, so that there are no signs S to study; " +
    "lower optimizer.learningRate (0.05) or raise training.steps (600).",
  ]);
  assertEquals(warnings(0.1), []);
});
