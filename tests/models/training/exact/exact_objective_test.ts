import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../../../models/errors.ts";
import { type Config, parseConfig } from "../../../../models/experiment/config.ts";
import type { Weights } from "../../../../models/network/network_weights.ts";
import { randomStream } from "../../../../models/random.ts";
import { heldOutLoss } from "../../../../models/training/evaluation.ts";
import { exactObjective } from "../../../../models/training/exact/exact_objective.ts";
import { bruteForceObjective } from "../brute_force.ts";

function small(features: number, activeFeatures: number, keys: Record<string, unknown> = {}): Config {
  return parseConfig({
    name: "small",
    model: { features, hidden: 4 },
    task: { activeFeatures, noiseVariance: 0.01 },
    loss: { encoderRidge: 0.02 },
    training: { steps: 1 },
    ...keys,
  }, "test");
}

function randomWeights({ model: { features, hidden } }: Config): Weights {
  const { normal } = randomStream(7, "weights");
  const draw = () => Float32Array.from({ length: features * hidden }, () => 0.7 * normal());
  return { features, hidden, encoder: draw(), decoder: draw() };
}

Deno.test("exactObjective() is the mean over all supports and all noise", async () => {
  for (const activeFeatures of [1, 2]) {
    for (const features of [6, 7]) {
      const config = small(features, activeFeatures);
      const weights = randomWeights(config);
      const expected = bruteForceObjective(config, weights);
      const fine = { mehlerOrder: 4, nodes: 31, precision: "float64" } as const;
      const { objective, supports } = await exactObjective(config, weights, fine);
      assertAlmostEquals(objective, expected, 1e-6 * expected);
      assertEquals(supports, activeFeatures === 1 ? features : features * (features - 1) / 2);
      assertAlmostEquals((await exactObjective(config, weights)).objective, expected, 1e-4 * expected);
    }
  }
});

Deno.test("exactObjective() loses next to nothing in single precision", async () => {
  const config = small(64, 2, { model: { features: 64, hidden: 16 } });
  const weights = randomWeights(config);
  const { objective } = await exactObjective(config, weights, { precision: "float64" });
  assertAlmostEquals((await exactObjective(config, weights)).objective, objective, 1e-6 * objective);
});

Deno.test("exactObjective() is what samples tend to, part by part", async () => {
  const config = small(16, 2, { model: { features: 16, hidden: 8, activation: "gelu" } });
  const weights = randomWeights(config);
  const [exact, sampled] = [await exactObjective(config, weights), await heldOutLoss(config, weights)];
  assertAlmostEquals(exact.objective, sampled.objective, 4 * sampled.standardError);
  assertAlmostEquals(exact.parts.on, sampled.parts.on, 0.02 * exact.parts.on);
  assertAlmostEquals(exact.parts.off, sampled.parts.off, 0.02 * exact.parts.off);
  assertEquals(exact.decoderPenalty, sampled.decoderPenalty);
});

Deno.test("exactObjective() by harmonics is the mean over all supports of any size", async () => {
  for (const activeFeatures of [1, 2, 3, 4]) {
    const config = small(8, activeFeatures);
    const weights = randomWeights(config);
    const expected = bruteForceObjective(config, weights);
    const fine = { by: "harmonics", tolerance: 1e-10, precision: "float64" } as const;
    const { objective, supports } = await exactObjective(config, weights, fine);
    assertAlmostEquals(objective, expected, 1e-6 * expected);
    assertEquals(supports, [8, 28, 56, 70][activeFeatures - 1]);
    if (activeFeatures !== 3) continue;
    const usual = await exactObjective(config, weights);
    assertAlmostEquals(usual.objective, expected, Math.min(1e-4 * expected, usual.closedFormError + 1e-6 * expected));
  }
});

Deno.test("exactObjective() by harmonics goes on until it is exact where neurons hear the same noise", async () => {
  // Four neurons of its own for each feature, with the weights that such networks learn.
  const [features, hidden] = [32, 128];
  const config = small(features, 2, { model: { features, hidden }, task: { activeFeatures: 2, noiseVariance: 0.03 } });
  const planted = (weight: number) =>
    Float32Array.from(
      { length: features * hidden },
      (_, pair) => Math.floor(pair / hidden) === pair % features ? weight : 0,
    );
  const weights = { features, hidden, encoder: planted(1.5), decoder: planted(0.3) };
  const { data } = await exactObjective(config, weights, {
    by: "supports",
    mehlerOrder: 15,
    nodes: 41,
    precision: "float64",
  });
  const usual = await exactObjective(config, weights, { by: "harmonics" });
  assertAlmostEquals(usual.data, data, 3e-5 * data);
  assertAlmostEquals(usual.data, data, usual.closedFormError);
});

Deno.test("exactObjective() of supports too many to go through is what samples tend to, part by part", async () => {
  const config = small(48, 7, { model: { features: 48, hidden: 16 } });
  const weights = randomWeights(config);
  const [exact, sampled] = [await exactObjective(config, weights), await heldOutLoss(config, weights)];
  assertEquals(exact.supports, 73_629_072);
  assertAlmostEquals(exact.objective, sampled.objective, 4 * sampled.standardError);
  assertAlmostEquals(exact.parts.on, sampled.parts.on, 0.01 * exact.parts.on);
  assertAlmostEquals(exact.parts.off, sampled.parts.off, 0.01 * exact.parts.off);
  const precise = await exactObjective(config, weights, { tolerance: 1e-8, precision: "float64" });
  assertAlmostEquals(exact.objective, precise.objective, 1e-4 * precise.objective);
});

Deno.test("exactObjective() refuses what neither way knows", async () => {
  const refused = async (keys: Record<string, unknown>, activeFeatures: number, start: string) => {
    const config = small(6, activeFeatures, keys);
    await assertRejects(() => exactObjective(config, randomWeights(config)), UsageError, start);
  };
  await refused({ loss: { name: "softmax" } }, 2, "loss.name: ");
  await refused({ loss: { name: "softmax" } }, 3, "loss.name: ");
  await refused({ model: { features: 6, hidden: 4, activation: "gelu" } }, 3, "model.activation: ");
  const gelu = small(6, 2, { model: { features: 6, hidden: 4, activation: "gelu" } });
  await assertRejects(
    () => exactObjective(gelu, randomWeights(gelu), { by: "harmonics" }),
    UsageError,
    "model.activation: ",
  );
  const three = small(6, 3);
  await assertRejects(
    () => exactObjective(three, randomWeights(three), { by: "supports" }),
    UsageError,
    "task.activeFeatures: ",
  );
});
