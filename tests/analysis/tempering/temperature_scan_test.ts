import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { freezingOf } from "../../../analysis/tempering/tempered_hold.ts";
import { temperatureScan } from "../../../analysis/tempering/temperature_scan.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { train } from "../../../models/training/trainer.ts";

Deno.test("freezingOf() finds the amplitude, the nonzeros and the undecided between them", () => {
  // Two features of four neurons: three corners at 1.8 to 2, one weight half-way, the rest near zero.
  const encoder = Float32Array.of(2, -1.8, 0.1, 0, 1.9, 1.1, -0.2, 0.05);
  const { neuronsPerFeature, amplitude, undecided } = freezingOf({ features: 2, encoder });
  // 1.1 is beyond half the mean of all four, 0.85, and within three quarters of it.
  assertEquals(neuronsPerFeature, 2);
  assertAlmostEquals(amplitude, 1.7, 1e-6);
  assertAlmostEquals(undecided, 1 / 4);
});

Deno.test("temperatureScan() leaves frozen weights at a low temperature where they are, and melts them at a high one", async () => {
  const config = parseConfig({
    name: "tiny",
    model: { features: 12, hidden: 8 },
    task: { activeFeatures: 1, noise: "averaged", supports: "balanced" },
    training: { steps: 600, batch: 12, initialScale: 1, chunk: 200 },
  }, "test");
  const frozen = async (seed: number) => {
    const of = { ...config, training: { ...config.training, seed } };
    const { encoder, decoder } = (await Array.fromAsync(train(of))).at(-1)!.state.tensors;
    return { encoder: encoder.data, decoder: decoder.data };
  };
  const { branches: [{ name, points: [cold, hot] }], theory } = await temperatureScan(config, { frozen }, {
    temperatures: [0.1, 1e-6],
    seeds: [1, 2],
    learningRate: 0.1,
    steps: 300,
    coolingSteps: 100,
  });
  assertEquals([name, cold.temperature, hot.temperature], ["frozen", 1e-6, 0.1]);
  assertLess(cold.objective.value - cold.cooledObjective.value, 0.01);
  // Each of the decoder's 96 weights holds T/2, which is 4.8.
  assertGreater(hot.objective.value - hot.cooledObjective.value, 2.4);
  assert(hot.cooledObjective.value >= cold.cooledObjective.value - 0.01);
  assert(theory === null || theory.neuronsPerFeature > 0);
});
