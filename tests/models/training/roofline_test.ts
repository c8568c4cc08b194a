import { assert, assertEquals, assertGreater } from "@std/assert";
import { parseConfig } from "../../../models/experiment/config.ts";
import { matrixProductCost } from "../../../models/training/objective.ts";
import { profileTraining } from "../../../models/training/placement.ts";
import { deviceRates, rooflineSeconds, stepWork } from "../../../models/training/roofline.ts";

const [features, hidden, batch, supportsPerNoise] = [96, 48, 64, 4];

for (const form of ["dense", "gram"] as const) {
  Deno.test(`the profile of a training step in the ${form} form has the operations that its formula says`, async () => {
    const config = parseConfig({
      name: "profiled",
      model: { features, hidden },
      loss: { form },
      training: { steps: 3, batch, supportsPerNoise },
    }, "test");
    const folder = await Deno.makeTempDir();
    try {
      const placement = await profileTraining(config, "cpu", folder);
      assertEquals(placement.misplaced, []);
      const { operations, bytes } = stepWork(placement);
      const vectors = batch / supportsPerNoise;
      assertEquals(operations, matrixProductCost(form, { features, hidden, batch, vectors }));
      // Adam alone reads and writes the parameters and both moments.
      assertGreater(bytes, 2 * 6 * 4 * features * hidden);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("deviceRates() are finite and positive, and the roofline adds products and passes", async () => {
  const { operationsPerSecond, bytesPerSecond } = await deviceRates({ features: 512, hidden: 512 }, "cpu");
  for (const rate of [operationsPerSecond, bytesPerSecond]) assert(rate > 1e6 && rate < 1e15, String(rate));
  assertEquals(rooflineSeconds({ operations: 6, bytes: 8 }, { operationsPerSecond: 3, bytesPerSecond: 4 }), 4);
});
