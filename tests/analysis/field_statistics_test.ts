import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { preciseField } from "../../analysis/field_statistics.ts";
import type { SampledGradient } from "../../analysis/sampled_derivatives.ts";
import { randomStream } from "../../models/random.ts";

const [features, hidden] = [40, 10];
const size = features * hidden;
const signs = { features, hidden, signs: Int8Array.from({ length: size }, (_, pair) => pair % 4 === 0 ? 1 : 0) };

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
