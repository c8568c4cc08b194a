import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { quasiNewton } from "../../../analysis/numerics/quasi_newton.ts";

Deno.test("quasiNewton() goes along a curved valley to its end", () => {
  const rosenbrock = ([x, y]: Float64Array) => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
  const { point, value } = quasiNewton(rosenbrock, [-1.2, 1], 1e-14);
  assertAlmostEquals(point[0], 1, 1e-3);
  assertAlmostEquals(point[1], 1, 2e-3);
  assertLess(value, 1e-6);
});

Deno.test("quasiNewton() does not leave where the function is finite, and stays at a minimum", () => {
  const walled = ([x]: Float64Array) => x > 0 ? x - Math.log(x) : Infinity;
  assertAlmostEquals(quasiNewton(walled, [0.05], 1e-12).point[0], 1, 1e-4);
  assertEquals([...quasiNewton(([x, y]) => x * x + 3 * y * y, [0, 0], 1e-12).point], [0, 0]);
});
