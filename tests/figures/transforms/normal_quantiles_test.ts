import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { normalQuantiles } from "../../../figures/transforms/normal_quantiles.ts";
import { randomStream } from "../../../models/random.ts";

Deno.test("normalQuantiles() puts the median at 0 and each rank at its Gaussian quantile", () => {
  const quantiles = normalQuantiles([5, 1, 3], 3, 2);
  assertEquals(quantiles.map(({ observed }) => observed), [-1, 0, 1]);
  assertAlmostEquals(quantiles[0].expected, -0.967421566, 1e-8); // Φ⁻¹(1/6)
  assertAlmostEquals(quantiles[1].expected, 0, 1e-12);
});

Deno.test("normalQuantiles() gives the exact band of Beta(5, 5) at the median of nine", () => {
  const { low, high } = normalQuantiles([1, 2, 3, 4, 5, 6, 7, 8, 9], 5, 1)[4];
  // The 2.5 % quantile of Beta(5, 5) is 0.21201, that is Φ⁻¹ = −0.7995.
  assertAlmostEquals(low, -0.7995, 0.01);
  assertAlmostEquals(high, 0.7995, 0.01);
});

Deno.test("normalQuantiles() holds Gaussian draws in its band about 95 % of the time, and not uniform ones", () => {
  const inside = (draw: (stream: ReturnType<typeof randomStream>) => number) => {
    let hits = 0;
    let all = 0;
    for (let seed = 0; seed < 60; seed++) {
      const stream = randomStream(seed, "quantiles");
      for (
        const { observed, low, high } of normalQuantiles(
          Float64Array.from({ length: 500 }, () => draw(stream)),
          0,
          1,
          41,
        )
      ) {
        if (observed >= low && observed <= high) hits++;
        all++;
      }
    }
    return hits / all;
  };
  const gaussian = inside((stream) => stream.normal());
  assertGreater(gaussian, 0.92);
  assertLess(gaussian, 0.98);
  assertLess(inside((stream) => Math.sqrt(12) * (stream.uniform() - 0.5)), 0.5);
});

Deno.test("normalQuantiles() rises, with the band around the diagonal", () => {
  const random = randomStream(1, "rise");
  const points = normalQuantiles(Float64Array.from({ length: 2000 }, () => random.normal()), 0, 1);
  points.forEach(({ expected, observed, low, high }, index) => {
    assert(low < expected && expected < high);
    if (index > 0) assert(expected > points[index - 1].expected && observed >= points[index - 1].observed);
  });
});
