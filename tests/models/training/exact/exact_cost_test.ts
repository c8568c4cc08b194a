import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { type Config, parseConfig } from "../../../../models/experiment/config.ts";
import { exactCost, exactWay, isExactAffordable } from "../../../../models/training/exact/exact_cost.ts";

function experiment(features: number, hidden: number, keys: Record<string, unknown> = {}): Config {
  return parseConfig({ name: "cost", model: { features, hidden }, training: { steps: 1 }, ...keys }, "test");
}

Deno.test("exactCost() grows with supports, nodes and orders, and with what is asked for", () => {
  const bySupports = { by: "supports" } as const;
  const config = experiment(512, 256);
  const cost = exactCost(config, "objective", bySupports);
  assertAlmostEquals(exactCost(experiment(1024, 256), "objective", bySupports) / cost, 4, 0.01);
  assertLess(exactCost(config, "objective", { nodes: 7 }), cost);
  assertLess(exactCost(config, "objective", { mehlerOrder: 1 }), cost);
  for (const by of ["supports", "harmonics"] as const) {
    assertLess(exactCost(config, "objective", { by }), exactCost(config, "gradient", { by }));
    assertLess(exactCost(config, "gradient", { by }), exactCost(config, "hessianProduct", { by }));
  }
});

Deno.test("exactWay() is the one that is asked for, the only one, or the cheaper one", () => {
  const laptop = experiment(512, 256);
  assertEquals(exactWay(laptop, "objective"), "harmonics");
  assertEquals(exactWay(laptop, "objective", { by: "supports" }), "supports");
  assertEquals(exactWay(laptop, "objective", { nodes: 13 }), "supports");
  assertEquals(exactWay(experiment(512, 256, { task: { activeFeatures: 1 } }), "objective"), "supports");
  assertEquals(
    exactWay(experiment(512, 256, { task: { activeFeatures: 3 } }), "objective", { nodes: 13 }),
    "harmonics",
  );
  const gelu = experiment(512, 256, { model: { features: 512, hidden: 256, activation: "gelu" } });
  assertEquals(exactWay(gelu, "objective"), "supports");
});

Deno.test("isExactAffordable() is about seconds on the device, and about there being an exact objective", () => {
  const [laptop, medium, full] = [experiment(512, 256), experiment(1152, 384), experiment(3072, 1024)];
  assertEquals([laptop, medium, full].map((config) => isExactAffordable(config, "cpu")), [true, true, false]);
  assertEquals([laptop, medium, full].map((config) => isExactAffordable(config, "cuda")), [true, true, true]);
  assertEquals(isExactAffordable(experiment(3072, 1024, { task: { activeFeatures: 1 } }), "cpu"), true);
  assertEquals(isExactAffordable(experiment(256, 128, { task: { activeFeatures: 16 } }), "cpu"), true);
  assertEquals(isExactAffordable(experiment(16, 8, { loss: { name: "softmax" } }), "cpu"), false);
});
