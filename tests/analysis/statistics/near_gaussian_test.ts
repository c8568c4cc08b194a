import { assertEquals, assertGreater } from "@std/assert";
import { gaussianity } from "../../../analysis/statistics/gaussianity.ts";
import { nearGaussian, nearGaussianAll } from "../../../analysis/statistics/near_gaussian.ts";
import { randomStream } from "../../../models/random.ts";

function sample(count: number, draw: (normal: () => number) => number, seed = 1) {
  const { normal } = randomStream(61, "sample", seed);
  return gaussianity(Float64Array.from({ length: count }, () => draw(normal)));
}

const heavy = (normal: () => number) => normal() ** 3;

Deno.test("nearGaussian() supports a Gaussian that is large enough and leaves a small one open", () => {
  const verdicts = Array.from({ length: 20 }, (_, seed) => nearGaussian(sample(4000, (normal) => normal(), seed)));
  assertEquals(new Set(verdicts), new Set(["supported"]));
  assertEquals(nearGaussian(sample(30, (normal) => normal())), "open");
});

Deno.test("nearGaussian() rejects heavy tails however large their own error is", () => {
  const shape = sample(4000, heavy);
  assertGreater(shape.excessKurtosisError, 3);
  assertEquals(nearGaussian(shape), "not supported");
  assertEquals(nearGaussian(sample(4000, (normal) => normal() + 0.5 * normal() ** 2)), "not supported");
});

Deno.test("nearGaussian() allows what is too small to matter, however large the sample", () => {
  const slightly = sample(200_000, (normal) => normal() * Math.sqrt(1 + 0.3 * normal() ** 2));
  assertGreater(slightly.excessKurtosis, 5 * Math.sqrt(24 / slightly.count));
  assertEquals(nearGaussian(slightly), "supported");
});

Deno.test("nearGaussianAll() is decided by the worst shape", () => {
  const [good, small, bad] = [
    sample(4000, (normal) => normal()),
    sample(30, (normal) => normal()),
    sample(4000, heavy),
  ];
  assertEquals(nearGaussianAll([good, good]), "supported");
  assertEquals(nearGaussianAll([good, small]), "open");
  assertEquals(nearGaussianAll([good, small, bad]), "not supported");
});
