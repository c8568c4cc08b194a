import { assertAlmostEquals, assertRejects } from "@std/assert";
import { sampledGradient } from "../../../analysis/derivatives/sampled_gradient.ts";
import { addScaled, innerProduct, type WeightVector } from "../../../analysis/derivatives/weight_vector.ts";
import { type Config, parseConfig } from "../../../models/experiment/config.ts";
import { UsageError } from "../../../models/errors.ts";
import { heldOutLoss } from "../../../models/training/evaluation.ts";
import { randomStream } from "../../../models/random.ts";

const [features, hidden] = [12, 6];
const config = parseConfig({
  name: "small",
  model: { features, hidden },
  task: { noiseVariance: 0.05 },
  loss: { encoderRidge: 0.02 },
  training: { steps: 1 },
}, "test");

function randomVector(label: string, scale: number): WeightVector {
  const { normal } = randomStream(7, label);
  const draw = () => Float32Array.from({ length: features * hidden }, () => scale * normal());
  return { encoder: draw(), decoder: draw() };
}

Deno.test("sampledGradient() is the slope of the held-out objective, force of the noise included", async () => {
  const weights = randomVector("weights", 0.7);
  const { gradient } = await sampledGradient(config, weights, { samples: 400_000, seed: 1 });
  for (const label of ["one way", "another way"]) {
    const direction = randomVector(label, 1);
    const step = 0.01;
    const [up, down] = await Promise.all([step, -step].map(async (length) => {
      const moved = addScaled(weights, length, direction);
      return (await heldOutLoss(config, { features, hidden, ...moved }, { samples: 400_000 })).objective;
    }));
    const slope = (up - down) / (2 * step);
    assertAlmostEquals(innerProduct(gradient, direction), slope, 0.02 * Math.abs(slope) + 0.1);
  }
});

Deno.test("sampledGradient() refuses a loss without a known force of the noise and a kink without a φ″", async () => {
  const set = { samples: 1, seed: 0 };
  const softmax: Config = { ...config, loss: { name: "softmax", decoderRidge: 0, encoderRidge: 0 } };
  await assertRejects(() => sampledGradient(softmax, randomVector("weights", 1), set), UsageError, "rebalanced");
  const kinked = { ...config, model: { ...config.model, activation: "relu" } };
  await assertRejects(() => sampledGradient(kinked, randomVector("weights", 1), set), UsageError, "needs a smooth one");
});
