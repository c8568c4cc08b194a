import { assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import { compareWithNull } from "../../../analysis/statistics/null_comparison.ts";
import { randomStream } from "../../../models/random.ts";

Deno.test("compareWithNull() rejects at its level, for symmetric and for skewed nulls", () => {
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
        if (compareWithNull(draw(), draws).p <= level) rejections++;
      }
      const rate = rejections / repeats;
      assertGreater(rate, 0.6 * level, name);
      assertLess(rate, 1.6 * level, name);
    }
  }
});

Deno.test("compareWithNull() is honest where the null does not vary", () => {
  assertEquals(compareWithNull(1, [1, 1, 1]), { observed: 1, nullMean: 1, nullSd: 0, z: 0, p: 1 });
  assertEquals(compareWithNull(2, [1, 1, 1]), { observed: 2, nullMean: 1, nullSd: 0, z: null, p: 0.25 });
  assertEquals(compareWithNull(2, [1, 1, 1], true).p, 0);
  assertThrows(() => compareWithNull(0, [1, 2]), RangeError, "at least 3 draws");
});
