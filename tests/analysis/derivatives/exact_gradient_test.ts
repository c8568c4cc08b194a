import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { exactGradient } from "../../../analysis/derivatives/exact_gradient.ts";
import { exactHessian } from "../../../analysis/derivatives/exact_hessian.ts";
import { sampledGradient } from "../../../analysis/derivatives/sampled_gradient.ts";
import { sampledHessian } from "../../../analysis/derivatives/sampled_hessian.ts";
import {
  addScaled,
  innerProduct,
  matrices,
  scaled,
  type WeightVector,
} from "../../../analysis/derivatives/weight_vector.ts";
import { type Config, parseConfig } from "../../../models/experiment/config.ts";
import { randomStream } from "../../../models/random.ts";
import { exactObjective } from "../../../models/training/exact/exact_objective.ts";
import { train } from "../../../models/training/trainer.ts";
import { initialState, weightsOf } from "../../../models/training/training_state.ts";
import { bruteForceObjective } from "../../models/training/brute_force.ts";

function small(features: number, hidden: number, activeFeatures: number): Config {
  return parseConfig({
    name: "small",
    model: { features, hidden },
    task: { activeFeatures, noiseVariance: 0.01 },
    loss: { encoderRidge: 0.02 },
    training: { steps: 1 },
  }, "test");
}

function randomVector({ model: { features, hidden } }: Config, label: string, scale = 0.7): WeightVector {
  const { normal } = randomStream(7, label);
  const draw = () => Float32Array.from({ length: features * hidden }, () => scale * normal());
  return { encoder: draw(), decoder: draw() };
}

/** ‖a − b‖ / ‖b‖. */
function relativeDistance(a: WeightVector, b: WeightVector): number {
  const difference = addScaled(a, -1, b);
  return Math.sqrt(innerProduct(difference, difference) / innerProduct(b, b));
}

/** The brute-force objective at `weights + length · direction`, in double precision. */
function bruteForceAlong(config: Config, weights: WeightVector, direction: WeightVector, length: number): number {
  const [encoder, decoder] = matrices.map((matrix) =>
    Float64Array.from(weights[matrix], (value, entry) => value + length * direction[matrix][entry])
  );
  return bruteForceObjective(config, { encoder, decoder });
}

const fine = {
  supports: { mehlerOrder: 4, nodes: 31, precision: "float64" },
  harmonics: { by: "harmonics", tolerance: 1e-10, precision: "float64" },
} as const;

const sizes = [
  { way: "supports", features: 6, activeFeatures: 1 },
  { way: "supports", features: 6, activeFeatures: 2 },
  { way: "supports", features: 7, activeFeatures: 2 },
  { way: "harmonics", features: 6, activeFeatures: 1 },
  { way: "harmonics", features: 7, activeFeatures: 2 },
  { way: "harmonics", features: 7, activeFeatures: 3 },
] as const;

Deno.test("exactGradient() and exactHessian() are slope and curvature of the mean over all supports and noise", async () => {
  for (const { way, features, activeFeatures } of sizes) {
    const config = small(features, 4, activeFeatures);
    const [weights, direction] = [randomVector(config, "weights"), randomVector(config, "direction")];
    const step = 1e-3;
    const [down, here, up] = [-step, 0, step].map((length) => bruteForceAlong(config, weights, direction, length));
    const { objective, gradient } = await exactGradient(config, weights, fine[way]);
    const product = await exactHessian(config, weights, fine[way]).product(direction);
    assertAlmostEquals(objective, here, 1e-6 * here);
    const [slope, curvature] = [(up - down) / (2 * step), (up - 2 * here + down) / step ** 2];
    assertAlmostEquals(innerProduct(gradient, direction), slope, 1e-4 * Math.abs(slope));
    assertAlmostEquals(innerProduct(product, direction), curvature, 1e-4 * Math.abs(curvature));
  }
});

Deno.test("exactGradient() and exactHessian() of ReLU have what the kink adds once noise smooths it", async () => {
  const config = parseConfig({
    name: "kinked",
    model: { features: 6, hidden: 4, activation: "relu" },
    task: { activeFeatures: 2, noiseVariance: 0.05 },
    loss: { encoderRidge: 0.02 },
    training: { steps: 1 },
  }, "test");
  const [weights, direction] = [randomVector(config, "weights"), randomVector(config, "direction")];
  // The runtime has no Erf in double precision: steps are long, and fourth order takes their error.
  const options = { mehlerOrder: 6 };
  const at = (length: number) => exactGradient(config, addScaled(weights, length, direction), options);
  const step = 0.05;
  const [farDown, down, here, up, farUp] = await Promise.all([-2, -1, 0, 1, 2].map((times) => at(times * step)));
  const slope = (8 * (up.objective - down.objective) - (farUp.objective - farDown.objective)) / (12 * step);
  assertAlmostEquals(innerProduct(here.gradient, direction), slope, 1e-3 * Math.abs(slope));
  const change = addScaled(scaled(8, addScaled(up.gradient, -1, down.gradient)), -1, farUp.gradient);
  const curvature = scaled(1 / (12 * step), addScaled(change, 1, farDown.gradient));
  const product = await exactHessian(config, weights, options).product(direction);
  assertLess(relativeDistance(product, curvature), 5e-3);
  // The grid of the brute force steps over the kink: its own error is a quarter of a node's square.
  const brute = bruteForceAlong(config, weights, direction, 0);
  assertAlmostEquals(here.objective, brute, 5e-3 * brute);
});

Deno.test("exactGradient() loses next to nothing in single precision, and has the exact objective beside it", async () => {
  const config = small(64, 16, 2);
  const weights = randomVector(config, "weights");
  const single = await exactGradient(config, weights);
  const double = await exactGradient(config, weights, { precision: "float64" });
  assertLess(relativeDistance(single.gradient, double.gradient), 1e-6);
  const { objective, supports } = await exactObjective(config, weights);
  assertAlmostEquals(single.objective, objective, 1e-6 * objective);
  assertEquals([single.supports, supports], [2016, 2016]);
});

Deno.test("exactHessian() is symmetric, and the change of the gradient", async () => {
  const config = small(17, 6, 2);
  const weights = randomVector(config, "weights");
  const [u, v] = [randomVector(config, "u", 1), randomVector(config, "v", 1)];
  const hessian = exactHessian(config, weights);
  const [ofU, ofV] = [await hessian.product(u), await hessian.product(v)];
  const scale = Math.sqrt(innerProduct(ofU, ofU) * innerProduct(v, v));
  assertLess(Math.abs(innerProduct(u, ofV) - innerProduct(v, ofU)), 1e-6 * scale);
  const step = 2 ** -8;
  const at = async (length: number) => (await exactGradient(config, addScaled(weights, length, v))).gradient;
  const change = addScaled(await at(step), -1, await at(-step));
  assertLess(relativeDistance(scaled(1 / (2 * step), change), ofV), 1e-3);
});

Deno.test("exactGradient() and exactHessian() of a trained network are what samples tend to, within their error", async () => {
  const config = parseConfig({
    name: "trained",
    model: { features: 64, hidden: 32 },
    optimizer: { learningRate: 0.05 },
    training: { steps: 200, batch: 128 },
  }, "test");
  let state = initialState(config);
  for await (const chunk of train(config)) state = chunk.state;
  const { encoder, decoder } = weightsOf(config, state);
  const weights = { encoder, decoder };
  const direction = randomVector(config, "direction");
  const sets = [1, 2].map((seed) => ({ samples: 100_000, seed }));

  const exact = await exactGradient(config, weights);
  const sampled = await Promise.all(sets.map((set) => sampledGradient(config, weights, set)));
  assertWithinError(sampled.map(({ gradient }) => gradient), exact.gradient);
  const product = await exactHessian(config, weights).product(direction);
  assertWithinError(
    await Promise.all(sets.map((set) => sampledHessian(config, weights, set).product(direction))),
    product,
  );
});

/** Each of two independent estimates must be as far from the truth as their distance, √2 of that, says; 1.3 leaves to chance. */
function assertWithinError([first, second]: readonly WeightVector[], exact: WeightVector) {
  const error = relativeDistance(first, second) / Math.SQRT2;
  for (const estimate of [first, second]) assertLess(relativeDistance(estimate, exact), 1.3 * error);
  // Small beside what is estimated: otherwise nothing was compared.
  assertLess(error, 0.2);
}
