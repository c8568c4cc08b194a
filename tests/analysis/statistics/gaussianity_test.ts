import { assertAlmostEquals, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import { gaussianity } from "../../../analysis/statistics/gaussianity.ts";
import { randomStream } from "../../../models/random.ts";

Deno.test("gaussianity() accepts Gaussian samples about as often as it says", () => {
  const { normal } = randomStream(11);
  let [rejectedByKs, rejectedByAd] = [0, 0];
  const trials = 300;
  for (let trial = 0; trial < trials; trial++) {
    const shape = gaussianity(Float64Array.from({ length: 60 }, () => 5 + 3 * normal()));
    if (shape.ksPValue <= 0.1) rejectedByKs++;
    if (shape.andersonDarlingPValue <= 0.1) rejectedByAd++;
  }
  // 0.1 ± 4 standard errors of 300 trials.
  assertAlmostEquals(rejectedByKs / trials, 0.1, 0.07);
  assertAlmostEquals(rejectedByAd / trials, 0.1, 0.07);
});

Deno.test("gaussianity() knows the moments of the exponential distribution and rejects it", () => {
  const { uniform } = randomStream(12);
  const shape = gaussianity(Float64Array.from({ length: 200_000 }, () => -Math.log(1 - uniform())));
  assertAlmostEquals(shape.skewness, 2, 5 * shape.skewnessError);
  assertAlmostEquals(shape.excessKurtosis, 6, 5 * shape.excessKurtosisError);
  assertLess(shape.skewnessError, 0.1);
  assertEquals(shape.ksPValue, 1 / 1001);
  assertEquals(shape.andersonDarlingPValue, 0);
});

Deno.test("gaussianity() takes blocks for what varies together", () => {
  const { normal } = randomStream(13);
  const blocks = Int32Array.from({ length: 4000 }, (_, index) => Math.floor(index / 20));
  const shared = Float64Array.from({ length: 200 }, normal);
  const values = Float64Array.from(blocks, (block) => shared[block] + 0.1 * normal());
  assertGreater(gaussianity(values, blocks).skewnessError, 2 * gaussianity(values).skewnessError);
});

Deno.test("gaussianity() has A² and D of a worked example", () => {
  // Five values twice, standardised by hand: z = ±√2, ±√½, 0.
  const { ksStatistic, sd } = gaussianity([-2, -2, -1, -1, 0, 0, 1, 1, 2, 2]);
  assertAlmostEquals(sd, Math.SQRT2, 1e-12);
  // Φ(−√½) = 0.2398: the step from 0.2 to 0.4 lies 0.1602 above.
  assertAlmostEquals(ksStatistic, 0.4 - 0.23975, 1e-4);
});

Deno.test("gaussianity() refuses samples without a shape", () => {
  assertThrows(() => gaussianity([1, 2, 3]), RangeError, "at least 8");
  assertThrows(() => gaussianity(new Float64Array(20).fill(3)), RangeError, "vary");
});
