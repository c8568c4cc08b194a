import { assertAlmostEquals, assertThrows } from "@std/assert";
import { normalRule, threePointRule } from "../../../analysis/numerics/quadrature.ts";

Deno.test("normalRule() and threePointRule average polynomials, and normalRule() a function with near poles", () => {
  const average = (rule: typeof threePointRule, f: (x: number) => number) =>
    rule.nodes.reduce((sum, x, a) => sum + rule.weights[a] * f(x), 0);
  for (const rule of [normalRule(0.3), threePointRule]) {
    assertAlmostEquals(average(rule, (x) => x ** 2), 1, 1e-6);
    assertAlmostEquals(average(rule, (x) => x ** 4), 3, 1e-5);
  }
  const steep = (x: number) => Math.tanh(1.5 * x + 0.4) ** 6;
  assertAlmostEquals(average(normalRule(0.3), steep), average(normalRule(0.01), steep), 1e-5);
  assertThrows(() => normalRule(0), RangeError);
});
