import { assertAlmostEquals, assertEquals, assertExists, assertGreater, assertLess } from "@std/assert";
import { parabolaMinimum } from "../../../analysis/numerics/parabola_minimum.ts";
import { randomStream } from "../../../models/random.ts";

const x = [-1, -0.3, 0, 0.5, 1.2, 2];

Deno.test("parabolaMinimum() is exact on a parabola", () => {
  const minimum = parabolaMinimum(x, x.map((value) => 3 + 2 * (value - 0.4) ** 2));
  assertExists(minimum);
  assertAlmostEquals(minimum.value, 0.4, 1e-9);
  assertAlmostEquals(minimum.error, 0, 1e-6);
});

Deno.test("parabolaMinimum() gives an error that is that of many repetitions", () => {
  const { normal } = randomStream(1);
  const found = Array.from(
    { length: 400 },
    () => parabolaMinimum(x, x.map((value) => 2 * (value - 0.4) ** 2 + 0.1 * normal()))!,
  );
  const mean = found.reduce((sum, { value }) => sum + value, 0) / found.length;
  const spread = Math.sqrt(found.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / found.length);
  const stated = Math.sqrt(found.reduce((sum, { error }) => sum + error ** 2, 0) / found.length);
  assertAlmostEquals(mean, 0.4, 4 * spread / Math.sqrt(found.length));
  assertGreater(stated, 0.85 * spread);
  assertLess(stated, 1.15 * spread);
});

Deno.test("parabolaMinimum() finds none on a hill, on a slope and from too few points", () => {
  assertEquals(parabolaMinimum(x, x.map((value) => -(value ** 2))), null);
  assertEquals(parabolaMinimum(x, x.map((value) => (value - 5) ** 2)), null);
  assertEquals(parabolaMinimum([0, 0, 1, 1], [0, 1, 0, 1]), null);
});
