import { assertAlmostEquals, assertLess } from "@std/assert";
import { z } from "zod";
import { localLearningCoefficient } from "../../../analysis/tempering/local_learning_coefficient.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { multiply, square } from "../../../models/graph/elementwise_ops.ts";
import { broadcastTo, reduceSum } from "../../../models/graph/layout_ops.ts";
import { staticShape } from "../../../models/graph/tensor_shape.ts";
import type { Tensor } from "../../../models/graph/tensor.ts";
import { losses } from "../../../models/losses/losses.ts";
import { networks } from "../../../models/network/networks.ts";

const features = 64;

/** A network whose output does not depend on its input, and a loss whose value is the square of it. */
function register(name: string, output: (weights: Tensor) => Tensor): void {
  networks.register(name, {
    options: z.strictObject({ features: z.int().positive() }),
    parameters: () => ({ weights: { shape: [1, features] } }),
    forward: ({ weights }, x) => {
      const [batch] = staticShape("planted", x.shape);
      return { output: broadcastTo(output(weights), [batch, features]) };
    },
  });
}
register("planted-regular", (weights) => multiply(weights, 1));
register("planted-quartic", (weights) => square(weights));
losses.register("planted", {
  options: z.strictObject({ encoderRidge: z.number().default(0), decoderRidge: z.number().default(0) }),
  dense: (output) => ({ data: reduceSum(square(output), { axes: [1] }), parts: {} }),
});

const planted = (name: string) =>
  parseConfig({
    name,
    model: { name, features },
    task: { activeFeatures: 1, noiseVariance: 0 },
    loss: { name: "planted" },
    training: { steps: 1, batch: 1, chunk: 1000 },
  }, "test");

// The known values: Σ w² has λ = d/2, Σ w⁴ has λ = d/4.
for (const [name, exponent, learningRate] of [["planted-regular", 2, 0.05], ["planted-quartic", 4, 0.5]] as const) {
  Deno.test(`localLearningCoefficient() finds d / ${exponent} where the loss is Σ w^${exponent}`, async () => {
    const start = { weights: new Float32Array(features) };
    const options = { inverseTemperature: 1e4, localization: 0.1, learningRate, steps: 1000, settling: 300, chains: 2 };
    const { value, error, atStart } = await localLearningCoefficient(planted(name), start, options);
    assertAlmostEquals(atStart, 0);
    // Two chains of 64 independent weights know the value to about 3 %; steps of a length make it 5 % too large where the
    // loss is a square. The regular and the singular loss differ by a factor of 2.
    assertLess(error, 0.1 * features / exponent);
    assertAlmostEquals(value * exponent / features, 1, 0.15);
  });
}
