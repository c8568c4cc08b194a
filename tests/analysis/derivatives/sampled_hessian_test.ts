import { assertLess, assertThrows } from "@std/assert";
import { sampledGradient } from "../../../analysis/derivatives/sampled_gradient.ts";
import { sampledHessian } from "../../../analysis/derivatives/sampled_hessian.ts";
import { addScaled, innerProduct, type WeightVector } from "../../../analysis/derivatives/weight_vector.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { UsageError } from "../../../models/errors.ts";
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

Deno.test("sampledHessian() refuses a kink, whose curvature it would not see", () => {
  const kinked = { ...config, model: { ...config.model, activation: "relu" } };
  const set = { samples: 1, seed: 0 };
  assertThrows(() => sampledHessian(kinked, randomVector("weights", 1), set), UsageError, "smooth");
});
