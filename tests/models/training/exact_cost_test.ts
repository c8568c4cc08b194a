import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { type Config, parseConfig } from "../../../models/experiment/config.ts";
import { exactCost, isExactAffordable } from "../../../models/training/exact_cost.ts";

function experiment(features: number, hidden: number, keys: Record<string, unknown> = {}): Config {
  return parseConfig({ name: "cost", model: { features, hidden }, training: { steps: 1 }, ...keys }, "test");
}

Deno.test("exactCost() grows with supports, nodes and orders, and with what is asked for", () => {
  const config = experiment(512, 256);
  const cost = exactCost(config, "objective");
  assertAlmostEquals(exactCost(experiment(1024, 256), "objective") / cost, 4, 0.01);
  assertLess(exactCost(config, "objective", { nodes: 7 }), cost);
  assertLess(exactCost(config, "objective", { mehlerOrder: 1 }), cost);
  assertLess(cost, exactCost(config, "gradient"));
  assertLess(exactCost(config, "gradient"), exactCost(config, "hessianProduct"));
});

Deno.test("isExactAffordable() is about seconds on the device, and about there being an exact objective", () => {
  const [laptop, medium, full] = [experiment(512, 256), experiment(1152, 384), experiment(3072, 1024)];
  assertEquals([laptop, medium, full].map((config) => isExactAffordable(config, "cpu")), [true, false, false]);
  assertEquals([laptop, medium, full].map((config) => isExactAffordable(config, "cuda")), [true, true, true]);
  assertEquals(isExactAffordable(experiment(3072, 1024, { task: { activeFeatures: 1 } }), "cpu"), true);
  assertEquals(isExactAffordable(experiment(16, 8, { task: { activeFeatures: 3 } }), "cpu"), false);
  assertEquals(isExactAffordable(experiment(16, 8, { loss: { name: "softmax" } }), "cpu"), false);
});
