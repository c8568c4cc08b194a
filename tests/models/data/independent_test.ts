import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { SampledBatch } from "../../../models/data/batch.ts";
import { corruptedInput } from "../../../models/data/batch.ts";
import { independent, type IndependentOptions } from "../../../models/data/independent.ts";
import { UsageError } from "../../../models/errors.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { seedSequence } from "../../../models/graph/random_ops.ts";
import { serialize } from "../../../models/graph/serialize.ts";
import { runOnce } from "../../../models/runtime/session.ts";

const [features, batch] = [6, 4000];

Deno.test("independent has each feature on with the chance k/d, its value uniform, and errors that count by importance", async () => {
  const task = independent.options.parse({ activeFeatures: 1.5, importanceDecay: 0.5 }) as IndependentOptions;
  const size = { features, batch, supportsPerNoise: 1 };
  const drawn = independent.draw(size, task, {}, seedSequence(0, "independent test")) as SampledBatch;
  const outputs = { x: corruptedInput(drawn), values: drawn.values!, weights: drawn.weights! };
  const found = await runOnce(serialize({ name: "independent", inputs: {}, outputs }), {});
  const [x, weights] = [found.x.data as Float32Array, found.weights.data as Float32Array];
  assertEquals([...x], [...found.values.data as Float32Array]);
  assertEquals([...weights], [1, 0.5, 0.25, 0.125, 0.0625, 0.03125]);
  for (let feature = 0; feature < features; feature++) {
    const on = Array.from({ length: batch }, (_, sample) => x[sample * features + feature]).filter((value) =>
      value > 0
    );
    // 1000 of 4000 in the mean, with a spread of 27; of the values' mean 0.009.
    assertAlmostEquals(on.length, 1000, 110);
    assertAlmostEquals(on.reduce((sum, value) => sum + value) / on.length, 0.5, 0.04);
    assert(on.every((value) => value < 1));
  }
});

Deno.test("independent refuses more features than there are, and noise in closed form", () => {
  const config = (task: object) => ({
    name: "tiny",
    model: { name: "toy-model", features: 5, hidden: 2 },
    task: { name: "independent", ...task },
    training: { steps: 1 },
  });
  assertThrows(() => parseConfig(config({ activeFeatures: 6 }), "test"), UsageError, "at most model.features = 5");
  assertThrows(() => parseConfig(config({ noise: "averaged" }), "test"), UsageError, "task.noise");
});
