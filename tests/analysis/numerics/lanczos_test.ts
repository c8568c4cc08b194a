import { assertAlmostEquals, assertGreater, assertLess } from "@std/assert";
import type { WeightVector } from "../../../analysis/derivatives/weight_vector.ts";
import { smallestEigenvalues } from "../../../analysis/numerics/lanczos.ts";

const length = 100;

/** Multiplies every entry by its own factor. */
const diagonal = (factor: (entry: number) => number) => (v: WeightVector): WeightVector => ({
  encoder: v.encoder.map((value, entry) => value * factor(entry)),
  decoder: v.decoder.map((value, entry) => value * factor(length + entry)),
});

/** H = θ·B, θ being −0.5, 0.1, 0.3 and 1 … 2, B from 1 to 9. */
const theta = (entry: number) => [-0.5, 0.1, 0.3][entry - 50] ?? 1 + entry / (2 * length);
const metric = (entry: number) => 1 + 8 * ((7 * entry) % 11) / 10;

const problem = {
  product: (v: WeightVector) => Promise.resolve(diagonal((entry) => theta(entry) * metric(entry))(v)),
  metric: diagonal(metric),
  solveMetric: diagonal((entry) => 1 / metric(entry)),
  length,
};

Deno.test("smallestEigenvalues() finds planted eigenvalues, negative ones too, in the metric", async () => {
  const found = await smallestEigenvalues(problem, { wanted: 3, products: 60, tolerance: 1e-4, seed: 1 });
  [-0.5, 0.1, 0.3].forEach((value, index) => assertAlmostEquals(found[index].value, value, 1e-4));
  const { encoder } = found[0].vector;
  assertAlmostEquals(encoder[50] ** 2 * metric(50), 1, 1e-3);
});

Deno.test("smallestEigenvalues() says how far it is from an eigenvalue, and is never below the smallest", async () => {
  for (const products of [3, 6, 10]) {
    const [{ value, residual }] = await smallestEigenvalues(problem, { wanted: 1, products, tolerance: 0, seed: 2 });
    const nearest = Math.min(...Array.from({ length: 2 * length }, (_, entry) => Math.abs(theta(entry) - value)));
    assertLess(nearest, residual + 1e-6);
    assertGreater(value, -0.5 - 1e-6);
  }
});

Deno.test("smallestEigenvalues() needs fewer products with a good guess, and finds what the guess has nothing of", async () => {
  const encoder = new Float32Array(length).map((_, entry) => entry === 50 ? 1 : 0.01);
  const options = { wanted: 1, products: 6, tolerance: 0, seed: 3 };
  const residualWith = async (guess?: WeightVector) =>
    (await smallestEigenvalues(problem, { ...options, guess }))[0].residual;
  const guess = { encoder, decoder: new Float32Array(length) };
  assertLess(await residualWith(guess), 0.3 * await residualWith());
  const misled = { encoder: encoder.map((_, entry) => entry === 10 ? 1 : 0), decoder: new Float32Array(length) };
  const [{ value }] = await smallestEigenvalues(problem, { ...options, products: 60, guess: misled });
  assertAlmostEquals(value, -0.5, 1e-4);
});
