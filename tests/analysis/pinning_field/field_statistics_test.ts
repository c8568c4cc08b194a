import { assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { fieldOrigins, preciseField, relativeForce } from "../../../analysis/pinning_field/field_statistics.ts";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import type { SampledGradient } from "../../../analysis/derivatives/sampled_gradient.ts";
import { randomStream } from "../../../models/random.ts";
import { signMatrix } from "../../../analysis/signs/sign_matrix.ts";

const [features, hidden] = [40, 10];
const size = features * hidden;
const signs = signMatrix(features, hidden, Int8Array.from({ length: size }, (_, pair) => pair % 4 === 0 ? 1 : 0));

/** Gradients that scatter about a planted field with a standard error of `noise` at one sample. */
function planted(noise: number) {
  const { normal } = randomStream(1);
  const truth = Float32Array.from({ length: size }, () => normal());
  const calls: { samples: number; part: number }[] = [];
  const gradientOf = (samples: number, part: number): Promise<SampledGradient> => {
    calls.push({ samples, part });
    const { normal } = randomStream(2, "part", part);
    const draw = () => truth.map((value) => value + noise / Math.sqrt(samples) * normal());
    return Promise.resolve({
      objective: part,
      gradient: { encoder: draw(), decoder: draw() },
      fromNoise: truth.slice(),
      samples,
    });
  };
  return { truth, calls, gradientOf };
}

Deno.test("preciseField() goes on until the error is small in every cluster, on samples of their own", async () => {
  const { truth, calls, gradientOf } = planted(3);
  const precision = { relativeError: 0.1, samplesPerRound: 200, rounds: 50 };
  const [left, right] = await preciseField(gradientOf, signs, precision);
  // The error of the mean of both halves is 3 / √N beside a spread of 1: 900 samples, give or take the scatter.
  const rounds = calls.length / 2;
  assertEquals(left.samples, 100 * rounds);
  assertLess(Math.abs(200 * rounds - 900), 500);
  assertEquals(new Set(calls.map(({ part }) => part)).size, calls.length);
  const misses = truth.map((value, pair) => (left.gradient.encoder[pair] + right.gradient.encoder[pair]) / 2 - value);
  const error = Math.sqrt(misses.reduce((sum, miss) => sum + miss * miss, 0) / size);
  assertAlmostEquals(error, 3 / Math.sqrt(200 * rounds), 0.03);
  assertAlmostEquals(left.fromNoise[7], truth[7], 1e-5);
});

Deno.test("preciseField() stops after its rounds however large the error is", async () => {
  const { calls, gradientOf } = planted(1000);
  const [left] = await preciseField(gradientOf, signs, { relativeError: 0.01, samplesPerRound: 20, rounds: 3 });
  assertEquals([calls.length, left.samples], [6, 30]);
});

Deno.test("relativeForce() is the spread of a force without its sampling error", async () => {
  const { normal } = randomStream(3);
  const field = { encoder: new Float32Array(size), decoder: new Float32Array(size) };
  for (const values of [field.encoder, field.decoder]) values.forEach((_, pair) => values[pair] = 4 * normal());
  const { gradientOf } = planted(1);
  const halves = [await gradientOf(1, 1), await gradientOf(1, 2)];
  const force = relativeForce(halves, field, signs);
  // Force 1, noise of a half 1, field 4.
  assertAlmostEquals(force.encoder.centre, 0.25, 0.05);
  const noise = [await planted(1).gradientOf(1, 3), await planted(1).gradientOf(1, 3)].map((half, index) => ({
    ...half,
    gradient: {
      encoder: half.gradient.encoder.map((value) => (index === 0 ? 1 : -1) * value),
      decoder: half.gradient.decoder,
    },
  }));
  assertEquals(relativeForce(noise, field, signs).encoder.centre, 0);
});

Deno.test("fieldOrigins() finds what degrees and bias decide, and nothing in noise", () => {
  const { normal } = randomStream(4);
  const matrix = iidSigns({ features: 200, hidden: 40, edges: 800 }, randomStream(5));
  const bias = new Float32Array(40);
  matrix.entries.forEach((sign, pair) => bias[pair % 40] += sign);
  const field = {
    encoder: Float32Array.from(matrix.entries, (_, pair) => bias[pair % 40]),
    decoder: Float32Array.from(matrix.entries, () => normal()),
  };
  const origins = fieldOrigins(field, { encoder: field.encoder, decoder: new Float32Array(8000) }, matrix);
  assertGreater(origins.encoder.centre.degrees, 0.99);
  assertGreater(origins.encoder.corner.degrees, 0.5);
  assertLess(origins.decoder.centre.degrees, 0.02);
  assertAlmostEquals(origins.encoder.centre.neighbourhood, 1, 1e-6);
  assertLess(origins.decoder.centre.neighbourhood, 1e-3);
});
