import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { conjugateGradients } from "../../analysis/conjugate_gradients.ts";
import { applyCurvature, pairCurvature, positiveCurvature, solveCurvature } from "../../analysis/pair_curvature.ts";
import type { WeightVector } from "../../analysis/weight_vector.ts";

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
  [1, -2, 3, -4].forEach((value, place) =>
    assertAlmostEquals([...solution.encoder, ...solution.decoder][place], value, 1e-4)
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

Deno.test("positiveCurvature() makes blocks that solve what they apply, with eigenvalues above the floor", () => {
  const classOf = Int32Array.of(0, 1);
  const curvature = {
    classOf,
    encoder: Float64Array.of(1, -0.5),
    decoder: Float64Array.of(4, 4),
    mixed: Float64Array.of(0.5, 3),
  };
  const blocks = positiveCurvature(curvature, 0.3);
  for (const own of classOf) {
    assert(blocks.encoder[own] > 0 && blocks.encoder[own] * blocks.decoder[own] > blocks.mixed[own] ** 2);
  }
  const v = vector(1, 2, 3, 4);
  const back = solveCurvature(blocks, applyCurvature(blocks, v));
  v.encoder.forEach((value, pair) => assertAlmostEquals(back.encoder[pair], value, 1e-5));
  v.decoder.forEach((value, pair) => assertAlmostEquals(back.decoder[pair], value, 1e-5));
});
