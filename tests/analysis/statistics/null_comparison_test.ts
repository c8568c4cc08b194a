import { assertAlmostEquals, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import { holmAdjusted } from "../../../analysis/statistics/multiple_testing.ts";
import { normalTail } from "../../../analysis/statistics/normal_tail.ts";
import { nullTest } from "../../../analysis/statistics/null_comparison.ts";
import { randomStream } from "../../../models/random.ts";

Deno.test("normalTail() keeps its relative accuracy far out", () => {
  // Values from tables of the normal distribution.
  for (
    const [z, tail] of [[0, 0.5], [1, 0.15865525393145707], [2, 0.022750131948179195], [3, 0.0013498980316300933], [
      10,
      7.619853024160527e-24,
    ]]
  ) {
    assertAlmostEquals(normalTail(z) / tail, 1, 1e-9);
    assertAlmostEquals(normalTail(-z), 1 - tail, 1e-12);
  }
});

Deno.test("holmAdjusted() multiplies by what is left and never falls", () => {
  assertEquals(holmAdjusted([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02]);
  assertEquals(holmAdjusted([0.9, 0.8]), [1, 1]);
  assertEquals(holmAdjusted([]), []);
  assertThrows(() => holmAdjusted([0.1, NaN]), RangeError, "between 0 and 1");
});

Deno.test("nullTest() rejects at its level, for symmetric and for skewed nulls", () => {
  const random = randomStream(0, "calibration");
  const nulls = {
    normal: () => random.normal(),
    gamma: () => {
      let product = 1;
      for (let factor = 0; factor < 10; factor++) product *= 1 - random.uniform();
      return -Math.log(product); // a sum of ten exponentials: skewness 0.63
    },
  };
  for (const [name, draw] of Object.entries(nulls)) {
    for (const level of [0.05, 0.005]) {
      const repeats = 4000;
      let rejections = 0;
      for (let repeat = 0; repeat < repeats; repeat++) {
        const draws = Array.from({ length: 200 }, draw);
        if (nullTest(draw(), draws).p <= level) rejections++;
      }
      const rate = rejections / repeats;
      assertGreater(rate, 0.6 * level, name);
      assertLess(rate, 1.6 * level, name);
    }
  }
});

Deno.test("nullTest() is honest where the null does not vary", () => {
  assertEquals(nullTest(1, [1, 1, 1]), { observed: 1, nullMean: 1, nullSd: 0, z: 0, p: 1 });
  assertEquals(nullTest(2, [1, 1, 1]), { observed: 2, nullMean: 1, nullSd: 0, z: null, p: 0.25 });
  assertEquals(nullTest(2, [1, 1, 1], true).p, 0);
  assertThrows(() => nullTest(0, [1, 2]), RangeError, "at least 3 draws");
});
