import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { conjugateGradients } from "../../../analysis/numerics/conjugate_gradients.ts";
import {
  applyCurvature,
  curvatureClasses,
  pairCurvature,
  positiveCurvature,
  solveCurvature,
} from "../../../analysis/derivatives/pair_curvature.ts";
import { linearResponse } from "../../../analysis/derivatives/linear_response.ts";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import { sampledGradient } from "../../../analysis/derivatives/sampled_gradient.ts";
import { sampledHessian } from "../../../analysis/derivatives/sampled_hessian.ts";
import { addScaled, innerProduct, scaled, type WeightVector } from "../../../analysis/derivatives/weight_vector.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { randomStream } from "../../../models/random.ts";

const vector = (...values: number[]): WeightVector => ({
  encoder: Float32Array.from(values.slice(0, values.length / 2)),
  decoder: Float32Array.from(values.slice(values.length / 2)),
});

/** A symmetric 4×4 map on two pairs. */
function mapOf(matrix: number[][]) {
  return (v: WeightVector) => {
    const flat = [...v.encoder, ...v.decoder];
    return Promise.resolve(vector(...matrix.map((row) => row.reduce((sum, value, j) => sum + value * flat[j], 0))));
  };
}

const identity = {
  metric: (v: WeightVector) => v,
  solveMetric: (v: WeightVector) => v,
  tolerance: 1e-6,
  iterations: 20,
};

Deno.test("conjugateGradients() solves a positive system in as many products as there are unknowns", async () => {
  const matrix = [[4, 1, 0, 0], [1, 3, 1, 0], [0, 1, 5, 1], [0, 0, 1, 2]];
  const product = mapOf(matrix);
  const rightSide = await product(vector(1, -2, 3, -4));
  const { solution, products, negative } = await conjugateGradients({ ...identity, product, rightSide, damping: 0 });
  assertEquals([negative, products], [false, 4]);
  [1, -2, 3, -4].forEach((value, index) =>
    assertAlmostEquals([...solution.encoder, ...solution.decoder][index], value, 1e-4)
  );
});

Deno.test("conjugateGradients() stops at negative curvature and reports it; enough damping gets past", async () => {
  const product = mapOf([[2, 0, 0, 0], [0, -1, 0, 0], [0, 0, 3, 0], [0, 0, 0, 4]]);
  const rightSide = vector(1, 1, 1, 1);
  const undamped = await conjugateGradients({ ...identity, product, rightSide, damping: 0 });
  assert(undamped.negative);
  assertLess(undamped.leastCurvature, 0);
  const damped = await conjugateGradients({ ...identity, product, rightSide, damping: 2 });
  assert(!damped.negative);
  assertAlmostEquals(damped.solution.encoder[1], 1, 1e-4);
  // Positive, but by less than half of the damping.
  const alongIt = { ...identity, product, rightSide: vector(0, 1, 0, 0) };
  assert((await conjugateGradients({ ...alongIt, damping: 1.5 })).negative);
});

Deno.test("pairCurvature() finds blocks that are all there is", async () => {
  const hessian = { product: mapOf([[4, 0, 1, 0], [0, 2, 0, -1], [1, 0, 3, 0], [0, -1, 0, 5]]), samples: 1 };
  const found = await pairCurvature(hessian, Int32Array.of(0, 1), { probes: 200 });
  assertAlmostEquals(found.encoder[0], 4, 0.5);
  assertAlmostEquals(found.decoder[1], 5, 0.5);
  assertAlmostEquals(found.mixed[0], 1, 0.5);
  assertAlmostEquals(found.mixed[1], -1, 0.5);
});

Deno.test("positiveCurvature() makes blocks that solve what they apply, with no eigenvalue below the floor", () => {
  const classOf = Int32Array.of(0, 1);
  const curvature = {
    classOf,
    encoder: Float64Array.of(1, -0.5),
    decoder: Float64Array.of(4, 4),
    mixed: Float64Array.of(0.5, 3),
  };
  const blocks = positiveCurvature(curvature, 0.3);
  // In units of the mean curvatures, 0.75 and 4: the second block had eigenvalues of either sign, of 2.089 and −1.755.
  const least = [...classOf].map((own) => {
    const [a, b] = [blocks.encoder[own] / 0.75, blocks.decoder[own] / 4];
    return (a + b) / 2 - Math.hypot((a - b) / 2, blocks.mixed[own] / Math.sqrt(0.75 * 4));
  });
  assertAlmostEquals(least[1], 1.755, 1e-3);
  const floored = positiveCurvature(curvature, 1.9);
  const [a, b] = [floored.encoder[1] / 0.75, floored.decoder[1] / 4];
  assertAlmostEquals((a + b) / 2 - Math.hypot((a - b) / 2, floored.mixed[1] / Math.sqrt(0.75 * 4)), 1.9, 1e-3);
  const v = vector(1, 2, 3, 4);
  const back = solveCurvature(blocks, applyCurvature(blocks, v));
  v.encoder.forEach((value, pair) => assertAlmostEquals(back.encoder[pair], value, 1e-5));
  v.decoder.forEach((value, pair) => assertAlmostEquals(back.decoder[pair], value, 1e-5));
});

Deno.test("linearResponse() doubles the damping until the solve meets no negative curvature, and solves then", async () => {
  const [features, hidden] = [32, 16];
  const config = parseConfig({ name: "response", model: { features, hidden }, training: { steps: 1 } }, "test");
  const signs = iidSigns({ features, hidden, edges: 128 }, randomStream(81));
  // Far from any minimum, where many directions curve downwards.
  const at = {
    encoder: Float32Array.from(signs.entries, (sign) => 1.6 * sign),
    decoder: Float32Array.from(signs.entries, (sign) => 0.12 * sign),
  };
  const set = { samples: 8192, seed: 3 };
  const hessian = sampledHessian(config, at, set);
  const curvature = await pairCurvature(hessian, curvatureClasses(signs), { seed: 1 });
  const { gradient } = await sampledGradient(config, at, { samples: 8192, seed: 4 });
  const found = await linearResponse(config, at, gradient, curvature, { ...set, damping: 0.25 });
  assertLess(found.leastCurvature, -0.125);
  assertEquals(Math.log2(found.damping / 0.25) % 1, 0);
  assertGreater(found.damping, 0.25);
  assert(!found.negative);
  const blocks = positiveCurvature(curvature, 0.3);
  const image = addScaled(
    await hessian.product(found.displacement),
    found.damping,
    applyCurvature(blocks, found.displacement),
  );
  const miss = addScaled(scaled(-1, gradient), -1, image);
  const size = (v: WeightVector) => Math.sqrt(innerProduct(v, solveCurvature(blocks, v)));
  assertAlmostEquals(size(miss) / size(gradient), found.residual, 0.01);
  assertLess(found.residual, 0.05);
  const enough = await linearResponse(config, at, gradient, curvature, { ...set, damping: found.damping });
  assertEquals(enough.damping, found.damping);
});
