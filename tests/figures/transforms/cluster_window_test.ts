import { assertAlmostEquals, assertEquals } from "@std/assert";
import { clusterWindow } from "../../../figures/transforms/cluster_window.ts";
import { plantedWeights } from "../planted.ts";

const centres = [{ encoder: -1.6, decoder: -0.35 }, { encoder: 0, decoder: 0 }, { encoder: 1.6, decoder: 0.35 }];

Deno.test("clusterWindow() reaches 3.5 standard deviations around the chosen clusters", () => {
  const window = clusterWindow(plantedWeights({ features: 256, hidden: 128 }), centres, [1])!;
  assertAlmostEquals(window.x[0], -3.5 * 0.05, 0.005);
  assertAlmostEquals(window.x[1], 3.5 * 0.05, 0.005);
  assertAlmostEquals(window.y[1] - window.y[0], 7 * 0.015, 0.003);
  const corner = clusterWindow(plantedWeights({ features: 256, hidden: 128 }), centres, [2])!;
  assertAlmostEquals((corner.x[0] + corner.x[1]) / 2, 1.6, 0.02);
  assertAlmostEquals((corner.y[0] + corner.y[1]) / 2, 0.35, 0.01);
});

Deno.test("clusterWindow() is undefined where a cluster has no extent", () => {
  const flat = { features: 2, hidden: 1, encoder: Float32Array.of(0, 1), decoder: Float32Array.of(0, 1) };
  assertEquals(clusterWindow(flat, [{ encoder: 0, decoder: 0 }, { encoder: 1, decoder: 1 }], [1]), undefined);
});
