import { assertAlmostEquals, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { fitMixture } from "../../../analysis/statistics/gaussian_mixture.ts";
import { randomStream } from "../../../models/random.ts";

const { normal, uniform } = randomStream(2, "mixture");

Deno.test("fitMixture() finds a planted mixture, its number of Gaussians included", () => {
  // Half at (0, 0), half at (4, 4) and tilted: x = 4 + a, y = 4 + 0.8 a + 0.6 b.
  const points = Array.from({ length: 800 }, () => {
    const [a, b] = [normal(), normal()];
    return uniform() < 0.5 ? Float64Array.of(a, b) : Float64Array.of(4 + a, 4 + 0.8 * a + 0.6 * b);
  });
  const mixture = fitMixture(points, 4, randomStream(3));
  assertEquals(mixture.components, 2);
  const density = (x: number, y: number) =>
    (Math.exp(-(x ** 2 + y ** 2) / 2) + Math.exp(-((x - 4) ** 2 + ((y - 4 - 0.8 * (x - 4)) / 0.6) ** 2) / 2) / 0.6) /
    (4 * Math.PI);
  for (const [x, y] of [[0, 0], [4, 4], [5, 5], [1, 0]]) {
    assertAlmostEquals(mixture.logDensity(Float64Array.of(x, y)), Math.log(density(x, y)), 0.25);
  }
});

Deno.test("fitMixture() prefers one Gaussian of correlated points to a product, and the product of independent ones", () => {
  for (const correlation of [0, 0.5]) {
    const points = Array.from({ length: 400 }, () => {
      const a = normal();
      return Float64Array.of(a, correlation * a + Math.sqrt(1 - correlation ** 2) * normal());
    });
    const common = fitMixture(points, 2, randomStream(4));
    const [x, y] = [0, 1].map((axis) =>
      fitMixture(points.map((point) => point.slice(axis, axis + 1)), 2, randomStream(4))
    );
    assertEquals(common.criterion < x.criterion + y.criterion, correlation > 0);
  }
});

Deno.test("fitMixture() keeps a density where points coincide, and needs more points than dimensions", () => {
  const points = Array.from({ length: 40 }, (_, index) => Float64Array.of(index % 2, 1));
  assertGreater(fitMixture(points, 2, randomStream(5)).logDensity(Float64Array.of(1, 1)), 0);
  assertThrows(() => fitMixture(points.slice(0, 2), 1, randomStream(5)), RangeError, "needs more points");
});
