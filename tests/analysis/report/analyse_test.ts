import { assertEquals } from "@std/assert";
import { findClusters } from "../../../analysis/clusters/clusters.ts";
import { analyse } from "../../../analysis/report/analyse.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { plantedWeights } from "../../figures/planted.ts";

Deno.test("analyse() keeps what was measured before, and types what it measures", async () => {
  const config = parseConfig({ name: "planted", model: { features: 24, hidden: 12 }, training: { steps: 1 } }, "test");
  const network = { config, weights: plantedWeights({ features: 24, hidden: 12, density: 0.2 }), metrics: [] };
  const titles: string[] = [];
  const first = await analyse(network, ["signs"], { report: (title) => titles.push(title) });
  const second = await analyse(first, ["clusters"]);
  assertEquals(Object.keys(second.analysis), ["version", "signs", "clusters"]);
  // Neither is optional: these lines are checked.
  assertEquals(second.analysis.signs.density, first.analysis.signs.density);
  assertEquals(second.analysis.clusters, findClusters(network.weights));
  assertEquals(titles, ["Signs"]);
});
