import { assertAlmostEquals, assertEquals } from "@std/assert";
import { normalQuantile, normalTail } from "../../../analysis/statistics/normal_distribution.ts";

/** z and Q(z), by arithmetic of 60 digits. */
const tails = [
  [0, 0.5],
  [1, 0.15865525393145705],
  [2, 0.02275013194817921],
  [3, 0.0013498980316300946],
  [10, 7.619853024160525e-24],
  [20, 2.7536241186062337e-89],
] as const;

Deno.test("normalTail() keeps its relative accuracy far out", () => {
  for (const [z, tail] of tails) {
    assertAlmostEquals(normalTail(z) / tail, 1, 1e-13);
    assertAlmostEquals(normalTail(-z), 1 - tail, 1e-15);
  }
});

Deno.test("normalQuantile() undoes normalTail() however far out", () => {
  for (const [z, tail] of tails) assertAlmostEquals(normalQuantile(tail), -z, 1e-13 * Math.max(1, z));
  assertAlmostEquals(normalQuantile(0.975), 1.959963984540054, 1e-14);
  assertEquals([0, 1, 1.1].map(normalQuantile), [-Infinity, Infinity, NaN]);
});
