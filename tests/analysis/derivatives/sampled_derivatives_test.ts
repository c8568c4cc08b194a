import { assertAlmostEquals, assertLess, assertRejects } from "@std/assert";
import { sampledGradient, sampledHessian } from "../../../analysis/derivatives/sampled_derivatives.ts";
import { addScaled, innerProduct, type WeightVector } from "../../../analysis/derivatives/weight_vector.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
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

Deno.test("sampledHessian() is symmetric, and the change of the gradient", async () => {
  const weights = randomVector("weights", 0.7);
  const [u, v] = [randomVector("u", 1), randomVector("v", 1)];
  const hessian = sampledHessian(config, weights, { samples: 200_000, seed: 2 });
  const [ofU, ofV] = [await hessian.product(u), await hessian.product(v)];
  const [left, right] = [innerProduct(u, ofV), innerProduct(v, ofU)];
  assertLess(Math.abs(left - right), 1e-3 * Math.sqrt(innerProduct(ofU, ofU) * innerProduct(v, v)));

  const step = 0.01;
  const at = async (length: number) =>
    (await sampledGradient(config, addScaled(weights, length, v), { samples: 200_000, seed: 3 })).gradient;
  const change = addScaled(await at(step), -1, await at(-step));
  const difference = addScaled(ofV, -1 / (2 * step), change);
  assertLess(Math.sqrt(innerProduct(difference, difference) / innerProduct(ofV, ofV)), 0.05);
});

Deno.test("sampledGradient() refuses a loss without a known force of the noise", async () => {
  const other = { ...config, loss: { ...config.loss, name: "softmax" } };
  await assertRejects(() => sampledGradient(other, randomVector("weights", 1), { samples: 1, seed: 0 }), UsageError);
});
